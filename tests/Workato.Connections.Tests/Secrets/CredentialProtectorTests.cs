using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Workato.Connections.Secrets;
using Secret = Workato.Connections.Secrets.Secret;

namespace Workato.Connections.Tests.Secrets;

public class CredentialProtectorTests
{
    private static readonly Dictionary<string, Secret> Secrets = new() { ["password"] = new("sesame £"), ["key"] = new("k-1") };

    private readonly CredentialProtector protector = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void What_was_sealed_for_a_row_opens_for_that_row() => protector.Open(7, protector.Seal(7, Secrets)).ShouldBe(Secrets);

    [Fact]
    public void What_was_sealed_does_not_show_the_secret() =>
        Encoding.UTF8.GetString(protector.Seal(7, Secrets)).ShouldNotContain("sesame");

    [Fact]
    public void What_was_sealed_for_one_row_does_not_open_for_another() => protector.Open(8, protector.Seal(7, Secrets)).ShouldBeNull();

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
