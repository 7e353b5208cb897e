using System.Globalization;
using MimeKit;
using Workato.Connections.Egress;
using Workato.Connections.Privileges;

namespace Workato.Connections.Notices;

/// <summary>What a channel must be like. Field names are the API's.</summary>
internal static class NoticeChannelRules
{
    private const int MaxAddresses = 20;
    private const string Time = "HH:mm";

    public static void CheckAddress(this ProblemList problems, string kind, string? address, EgressRules egress)
    {
        problems.CheckName(address, NoticeChannel.MaxAddressLength, "address");
        if (string.IsNullOrWhiteSpace(address)) return;
        if (kind == ChannelKinds.Webhook) problems.CheckUrl(address.Trim(), egress);
        else problems.CheckMail(Addresses(address));
    }

    /// <summary>The addresses in a text with commas between them.</summary>
    public static string[] Addresses(string text) => text.Split([',', ';', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Quiet hours out of their texts; what is wrong with them is added to the problems.</summary>
    public static (TimeOnly? From, TimeOnly? To, string? Zone) Read(this ProblemList problems, GivenQuietHours given)
    {
        if (string.IsNullOrWhiteSpace(given.From) && string.IsNullOrWhiteSpace(given.To)) return default;
        var (from, to) = (Clock("quiet_hours.from", given.From), Clock("quiet_hours.to", given.To));
        if (from is not null && from == to) problems.Add("quiet_hours.to", "must be another time than the beginning; switch the channel off where it is to be quiet all day");
        var zone = string.IsNullOrWhiteSpace(given.TimeZone) ? null : given.TimeZone.Trim();
        if (zone is not null && (zone.Length > 64 || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) || !found.HasIanaId))
            problems.Add("quiet_hours.time_zone", "must be the name of a time zone, such as Europe/Berlin or America/New_York");
        return (from, to, zone);

        TimeOnly? Clock(string field, string? text)
        {
            if (TimeOnly.TryParseExact(text?.Trim(), Time, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
            problems.Add(field, "must be a time of day such as 22:00; leave beginning and end out for no quiet hours");
            return null;
        }
    }

    private static void CheckUrl(this ProblemList problems, string address, EgressRules egress)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) problems.Add("address", "must be a URL such as https://hooks.example.com/connections");
        else if (uri.Fragment.Length > 0) problems.Add("address", "must not have a part behind #");
        else if (egress.Complaint(uri) is { } complaint) problems.Add("address", complaint);
    }

    private static void CheckMail(this ProblemList problems, string[] addresses)
    {
        if (addresses.Length is 0 or > MaxAddresses) problems.Add("address", $"must be 1 to {MaxAddresses} e-mail addresses, with commas between them");
        foreach (var wrong in addresses.Where(a => !IsMail(a))) problems.Add("address", $"'{wrong}' is not an e-mail address; write for example ada@example.com");
    }

    private static bool IsMail(string text) => text.Length <= 254 && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>')
        && MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && parsed.LocalPart.Length > 0 && parsed.Domain.Contains('.', StringComparison.Ordinal);
}
