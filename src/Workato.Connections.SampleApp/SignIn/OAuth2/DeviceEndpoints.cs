using Workato.Connections.SampleApp.Pages;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>For devices without a browser: they show a code, a person types it in elsewhere (RFC 8628).</summary>
internal static class DeviceEndpoints
{
    public static void MapDevice(this IEndpointRouteBuilder app)
    {
        app.MapPost(Server.Device, StartAsync);
        app.MapGet(Server.DevicePage, Ask);
        app.MapPost(Server.DevicePage, DecideAsync);
    }

    private static async Task<IResult> StartAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var (oauth, now) = (state.OAuth2, clock.GetUtcNow());
        if (await Parameters.OfFormAsync(context.Request) is not { } form) return OAuth2Error.InvalidRequest("Send a form.");

        var (client, refusal) = ClientAuthentication.Check(context, form, oauth, now);
        if (client is null) return refusal!;
        if (Scopes.Split(form["scope"]) is var scopes && !Scopes.AreKnown(scopes)) return OAuth2Error.InvalidScope();

        var interval = oauth.Settings.DeviceIntervalSeconds;
        var (deviceCode, device) = oauth.Devices.Add(client, scopes, TimeSpan.FromSeconds(interval), now);
        var consent = Consent.Find(oauth.Settings.Consent);
        device.Decide(consent.Account, consent.Refusal);

        var page = MountPoint.Absolute(context, Server.DevicePage);
        return Answers.Json(new
        {
            DeviceCode = deviceCode,
            device.UserCode,
            VerificationUri = page,
            VerificationUriComplete = $"{page}?user_code={device.UserCode}",
            ExpiresIn = (int)DeviceBook.Life.TotalSeconds,
            Interval = interval,
        });
    }

    private static IResult Ask(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var typed = Parameters.OfQuery(context.Request)["user_code"];
        return state.OAuth2.Devices.ByUserCode(typed, clock.GetUtcNow()) is not { } device
            ? Answers.Html(DevicePage.Render(context, typed))
            // RFC 8628, 3.3.1: the code again, for the person to compare with what the device shows.
            : Answers.Html(ConsentPage.Render(context, state.Accounts.All, new(
                device.Client.Name, $"the device that shows {device.UserCode}", device.Scopes, Server.DevicePage, device.UserCode)));
    }

    private static async Task<IResult> DecideAsync(HttpContext context, SampleAppState state, TimeProvider clock)
    {
        var form = await Parameters.OfFormAsync(context.Request);
        if (state.OAuth2.Devices.TakeByUserCode(form?["ticket"], clock.GetUtcNow()) is not { } device)
            return Answers.Html(DevicePage.Render(context, form?["ticket"] ?? ""), StatusCodes.Status400BadRequest);

        var account = form!["decision"] == "allow" ? state.Accounts.ByUsername(form["account"]) : null;
        device.Decide(account?.Username, account is null ? Consent.Denied : null);
        return Answers.Html(DevicePage.RenderDone(context, account is not null));
    }
}
