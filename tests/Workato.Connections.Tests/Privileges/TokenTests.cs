using Workato.Connections.Privileges;

namespace Workato.Connections.Tests.Privileges;

public class TokenTests
{
    [Fact]
    public void A_token_is_recognised_by_its_beginning_and_holds_256_bits() => Token.Create().Reveal().ShouldMatch("^wrkc_[0-9a-f]{64}$");

    [Fact]
    public void No_two_tokens_are_the_same() => Enumerable.Range(0, 100).Select(_ => Token.Create().Reveal()).ShouldBeUnique();

    [Fact]
    public void A_hash_is_SHA_256() => Convert.ToHexStringLower(Token.Hash("abc")).ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
