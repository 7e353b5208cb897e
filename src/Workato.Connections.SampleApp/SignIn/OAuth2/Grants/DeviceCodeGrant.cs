namespace Workato.Connections.SampleApp.SignIn.OAuth2.Grants;

/// <summary>A device asks whether somebody has allowed it by now (RFC 8628, 3.4 and 3.5).</summary>
internal sealed class DeviceCodeGrant : IGrant
{
    public string Type => "urn:ietf:params:oauth:grant-type:device_code";

    public (IssuedTokens? Tokens, OAuth2Error? Problem) Redeem(GrantRequest request)
    {
        var devices = request.OAuth.Devices;
        var code = request.Form["device_code"];
        if (devices.ByDeviceCode(code, request.Now) is not { } device || device.Client != request.Client)
            return (null, new("expired_token", "The device code is not known, or no longer."));
        if (device.IsTooEarly(request.Now)) return (null, new("slow_down", "Wait five seconds longer between questions."));
        if (device is { AllowedBy: null, Refusal: null }) return (null, new("authorization_pending", "Nobody has decided yet."));
        if (devices.TakeByDeviceCode(code, request.Now) is null) return (null, new("expired_token", "The device code was used before."));
        if (device.Refusal is { } refusal) return (null, refusal);

        var family = new Family(device.AllowedBy!, device.Client.Id, request.OAuth.Settings.GrantScopes ?? device.Scopes);
        return (request.OAuth.Tokens.Issue(family, request.ExpiresAt, request.GivesRefreshTokens), null);
    }
}
