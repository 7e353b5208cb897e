using Workato.Connections.Notices;
using Workato.Connections.Secrets;

namespace Workato.Connections.Tests.Notices;

/// <summary>Signatures of webhooks, held against the values published with Standard Webhooks.</summary>
public class WebhookSecretsTests
{
    [Fact]
    public void A_message_is_signed_as_the_published_example_is() =>
        WebhookSecrets.Sign(new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}""")
            .ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");

    [Fact]
    public void A_secret_has_as_many_bytes_as_the_specification_wants()
    {
        var secret = WebhookSecrets.New().Reveal();

        secret.ShouldStartWith("whsec_");
        Convert.FromBase64String(secret["whsec_".Length..]).Length.ShouldBeInRange(24, 64);
        WebhookSecrets.New().ShouldNotBe(new Secret(secret));
    }
}
