using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Workato.Connections.Authorizing;
using Workato.Connections.AuthMethods;
using Workato.Connections.Secrets;
using Secret = Workato.Connections.Secrets.Secret;

namespace Workato.Connections.Tests.Secrets;

public class CredentialProtectorTests
{
    private static readonly Dictionary<string, Secret> Secrets = new() { ["password"] = new("sesame £"), ["key"] = new("k-1") };

    private static readonly Tokens Issued = new()
    {
        AccessToken = new("at-1"),
        TokenSecret = new Secret("ts-1"),
        RefreshToken = new Secret("rt-1"),
        IssuedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddHours(1),
        Scope = "read",
        Learned = new Dictionary<string, string> { ["tenant"] = "t-7" },
    };

    private readonly CredentialProtector protector = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void What_was_sealed_for_a_row_opens_for_that_row() => protector.Open(7, protector.Seal(7, Secrets)).ShouldBe(Secrets);

    [Fact]
    public void What_was_sealed_does_not_show_the_secret() =>
        Encoding.UTF8.GetString(protector.Seal(7, Secrets)).ShouldNotContain("sesame");

    [Fact]
    public void What_was_sealed_for_one_row_does_not_open_for_another() => protector.Open(8, protector.Seal(7, Secrets)).ShouldBeNull();

    [Fact]
    public void Tokens_open_for_their_row_alone()
    {
        var whole = protector.Seal(7, Issued);

        protector.OpenTokens(7, whole).ShouldNotBeNull().RefreshToken.ShouldBe(Issued.RefreshToken);
        protector.OpenTokens(8, whole).ShouldBeNull();
    }

    [Fact]
    public void Tokens_do_not_open_as_credentials_nor_credentials_as_tokens()
    {
        protector.Open(7, protector.Seal(7, Issued)).ShouldBeNull();
        protector.OpenTokens(7, protector.Seal(7, Secrets)).ShouldBeNull();
    }

    [Fact]
    public void The_kind_and_the_row_are_both_part_of_the_seal()
    {
        string[] kinds = [SecretKinds.Credentials, SecretKinds.Tokens, SecretKinds.OAuthProfiles, SecretKinds.AuthorizationAttempts];
        string[] rows = [CredentialProtector.Row(7), CredentialProtector.Row(8), "profile:7", "07"];
        var places = kinds.SelectMany(k => rows.Select(r => (Kind: k, Row: r))).ToArray();

        foreach (var (kind, row) in places)
        {
            var whole = protector.Seal(kind, row, new[] { "sesame" });
            places.Where(p => protector.Open<string[]>(p.Kind, p.Row, whole) is not null).ShouldBe([(kind, row)]);
        }
    }

    [Fact]
    public void All_that_is_known_of_tokens_is_there_again_when_they_are_opened() => protector.OpenTokens(7, protector.Seal(7, Issued)).ShouldBeEquivalentTo(Issued);

    [Fact]
    public void What_another_key_ring_sealed_does_not_open() =>
        protector.Open(7, new CredentialProtector(new EphemeralDataProtectionProvider()).Seal(7, Secrets)).ShouldBeNull();

    [Fact]
    public void No_byte_can_be_altered_without_it_being_noticed()
    {
        var whole = protector.Seal(7, Secrets);

        var opened = Enumerable.Range(0, whole.Length).Where(at => protector.Open(7, Altered(whole, at)) is not null);

        opened.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(19)]
    [InlineData(60)]
    public void A_part_of_what_was_sealed_does_not_open(int length) => protector.Open(7, protector.Seal(7, Secrets)[..length]).ShouldBeNull();

    private static byte[] Altered(byte[] bytes, int at)
    {
        var copy = bytes.ToArray();
        copy[at] ^= 1;
        return copy;
    }
}
