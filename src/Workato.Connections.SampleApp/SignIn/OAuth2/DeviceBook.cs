using System.Security.Cryptography;

namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>Devices that wait for somebody to allow them something elsewhere (RFC 8628).</summary>
internal sealed class DeviceBook
{
    // RFC 8628, 6.1: consonants alone, so that no code is a word.
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    private readonly Shelf<DeviceRequest> _byDeviceCode = new(Life);
    private readonly Shelf<DeviceRequest> _byUserCode = new(Life);

    public static TimeSpan Life { get; } = TimeSpan.FromMinutes(10);

    public (string DeviceCode, DeviceRequest Request) Add(Client client, IReadOnlyList<string> scopes, TimeSpan interval, DateTimeOffset now)
    {
        while (true)
        {
            var request = new DeviceRequest(client, scopes, NewUserCode(), interval);
            if (_byUserCode.TryPut(Plain(request.UserCode), request, now)) return (_byDeviceCode.Put(request, now), request);
        }
    }

    /// <summary>As a person typed it: small letters and any sign between do (RFC 8628, 6.1).</summary>
    public DeviceRequest? ByUserCode(string? typed, DateTimeOffset now) => _byUserCode.Find(Plain(typed ?? ""), now);

    /// <summary>Takes the code out of a person's reach: one decision is enough.</summary>
    public DeviceRequest? TakeByUserCode(string? typed, DateTimeOffset now) => _byUserCode.Take(Plain(typed ?? ""), now);

    public DeviceRequest? ByDeviceCode(string? code, DateTimeOffset now) => _byDeviceCode.Find(code, now);

    public DeviceRequest? TakeByDeviceCode(string? code, DateTimeOffset now) => _byDeviceCode.Take(code, now);

    private static string NewUserCode() => $"{RandomNumberGenerator.GetString(Letters, 4)}-{RandomNumberGenerator.GetString(Letters, 4)}";

    private static string Plain(string typed) => string.Concat(typed.ToUpperInvariant().Where(char.IsAsciiLetter));
}

/// <summary>One device, and what was decided.</summary>
internal sealed class DeviceRequest(Client client, IReadOnlyList<string> scopes, string userCode, TimeSpan interval)
{
    private readonly Lock _lock = new();
    private TimeSpan _interval = interval;
    private DateTimeOffset _nextPoll = DateTimeOffset.MinValue;

    public Client Client => client;

    public IReadOnlyList<string> Scopes => scopes;

    public string UserCode => userCode;

    /// <summary>Who allowed it, or null.</summary>
    public string? AllowedBy { get; private set; }

    public OAuth2Error? Refusal { get; private set; }

    public void Decide(string? allowedBy, OAuth2Error? refusal)
    {
        lock (_lock) (AllowedBy, Refusal) = (allowedBy, refusal);
    }

    /// <summary>Whether the device asks too early; then it has to wait five seconds longer from now on (RFC 8628, 3.5).</summary>
    public bool IsTooEarly(DateTimeOffset now)
    {
        lock (_lock)
        {
            var early = now < _nextPoll;
            if (early) _interval += TimeSpan.FromSeconds(5);
            _nextPoll = now + _interval;
            return early;
        }
    }
}
