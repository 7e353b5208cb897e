using System.Globalization;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Workato.Connections.Egress;

/// <summary>What is wrong with a host's certificate.</summary>
public enum CertificateProblem
{
    /// <summary>It has run out, by our clock.</summary>
    Expired,

    /// <summary>It does not count yet, by our clock.</summary>
    NotYetValid,

    /// <summary>It is another host's.</summary>
    OtherName,

    /// <summary>Nobody this server trusts stands for it.</summary>
    Untrusted,

    /// <summary>There is none.</summary>
    Missing,
}

/// <summary>No secure connection was made, because of the host's certificate.</summary>
public sealed class CertificateRefusedException(CertificateProblem problem, string details) : AuthenticationException(details)
{
    /// <summary>What is wrong with it.</summary>
    public CertificateProblem Problem => problem;

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>: as strict as without it, but says why.</summary>
    /// <exception cref="CertificateRefusedException">It is not good.</exception>
    internal static bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (certificate is not X509Certificate2 { } its) throw new CertificateRefusedException(CertificateProblem.Missing, "It showed no certificate.");
        var now = DateTime.Now;
        // What is true of the certificate itself says more than that nobody trusts it, which may be so besides.
        var found = now > its.NotAfter ? CertificateProblem.Expired
            : now < its.NotBefore ? CertificateProblem.NotYetValid
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? CertificateProblem.OtherName
            : chain?.ChainStatus.Any(s => s.Status.HasFlag(X509ChainStatusFlags.NotTimeValid)) == true && chain.ChainStatus.All(s => !s.Status.HasFlag(X509ChainStatusFlags.UntrustedRoot)) ? CertificateProblem.Expired
            : CertificateProblem.Untrusted;
        throw new CertificateRefusedException(found, string.Create(CultureInfo.InvariantCulture,
            $"Its certificate is for {Names(its)}, from {its.NotBefore.ToUniversalTime():yyyy-MM-dd} to {its.NotAfter.ToUniversalTime():yyyy-MM-dd}, issued by {its.Issuer}."));
    }

    private static string Names(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString()))).Take(5).ToList() is { Count: > 0 } names
            ? string.Join(", ", names) : certificate.Subject;
}
