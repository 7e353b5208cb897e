using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Text;

namespace Workato.Connections.Notices;

/// <summary>Sends e-mail by the operator's mail server. One that is down, hangs or refuses is stated in words and tried again.</summary>
internal sealed class EmailSender(NoticeOptions options, TimeProvider time) : INoticeSender
{
    // Of each answer of the server; all of them together have twice as long.
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private const int MaxAnswer = 300;

    public string Kind => ChannelKinds.Email;

    public async Task<NoticeOutcome> SendAsync(NoticeChannel channel, NoticeDelivery delivery, CancellationToken cancel)
    {
        if (options.Mail is not { } mail) return new(NoticeEnd.Unreachable, "This server knows no mail server any more. Whoever runs it sets Mail__Host and Mail__From.");
        using var message = Write(mail, channel, delivery);
        using var client = new Client();
        using var timeout = new CancellationTokenSource(Timeout * 2, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await client.ConnectAsync(mail.Host, mail.Port ?? UsualPort(mail.Security), Security(mail.Security), both.Token);
            if (mail.UserName is { } user)
            {
                if (!client.IsSecure && mail.Security == MailSecurity.Auto) return new(NoticeEnd.Unreachable, "The mail server offers no encryption, so the password was not sent. Mail__Security=none sends it all the same.");
                await client.AuthenticateAsync(user, mail.Password?.Reveal() ?? "", both.Token);
            }

            await client.SendAsync(message, both.Token);
            if (client.Refused.Count == message.To.Count) return new(NoticeEnd.Unreachable, $"The mail server takes no mail for {Refused(client)}.");
            await client.DisconnectAsync(quit: true, CancellationToken.None);
            return client.Refused.Count == 0 ? NoticeOutcome.Arrived : new(NoticeEnd.Arrived, $"Not for all: the mail server takes no mail for {Refused(client)}.");
        }
        catch (SmtpCommandException e) when (e.ErrorCode == SmtpErrorCode.MessageNotAccepted && (int)e.StatusCode >= 500 && client.Refused.Count < message.To.Count)
        {
            return new(NoticeEnd.Refused, $"The mail server does not take this message: {Short(e.Message)}");
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && e is OperationCanceledException or ProtocolException or CommandException or AuthenticationException or SslHandshakeException or SocketException or IOException or TimeoutException or NotSupportedException or ServiceNotConnectedException or ServiceNotAuthenticatedException)
        {
            return new(NoticeEnd.Unreachable, client.Refused.Count > 0 ? $"The mail server takes no mail for {Refused(client)}." : Why(e));
        }
    }

    private MimeMessage Write(MailOptions mail, NoticeChannel channel, NoticeDelivery delivery)
    {
        var (from, notice) = (MailboxAddress.Parse(mail.From), NoticeMessage.FromJson(delivery.Payload));
        var settings = options.AddressOf($"/settings/notices/{channel.Id}");
        var message = new MimeMessage
        {
            Subject = NoticeMail.Subject(notice),
            Date = time.GetUtcNow(),
            MessageId = $"{delivery.MessageId}@{from.Domain}",
            Body = new MultipartAlternative(
                new TextPart(TextFormat.Plain) { Text = NoticeMail.Plain(notice, channel, settings) },
                new TextPart(TextFormat.Html) { Text = NoticeMail.Html(notice, channel, settings) }),
        };
        message.From.Add(from);
        message.To.AddRange(NoticeChannelRules.Addresses(channel.Address).Select(MailboxAddress.Parse));
        // No holiday reply comes back to it (RFC 3834).
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static string Why(Exception e) => e switch
    {
        AuthenticationException => "The mail server does not accept Mail__UserName and Mail__Password.",
        SslHandshakeException => "No secure connection to the mail server could be made: its certificate is expired, for another name, or not trusted; or it expects another Mail__Security.",
        OperationCanceledException or TimeoutException => "The mail server did not answer in time.",
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } => "The mail server's name, Mail__Host, cannot be found.",
        SocketException => "The mail server cannot be reached: nothing listens at Mail__Host and Mail__Port, or the way is blocked.",
        NotSupportedException => "The mail server does not offer STARTTLS. Set Mail__Security to tls where it encrypts from the first byte.",
        CommandException => $"The mail server refused: {Short(e.Message)}",
        _ => "The mail server broke the connection off.",
    };

    private static string Refused(Client client) => string.Join(", ", client.Refused.Select(r => $"{r.Address} ({Short(r.Answer)})"));

    private static string Short(string answer)
    {
        var line = string.Join(' ', answer.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > MaxAnswer ? line[..MaxAnswer] + "…" : line;
    }

    private static int UsualPort(MailSecurity security) => security switch { MailSecurity.Tls => 465, MailSecurity.None => 25, _ => 587 };

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.None => SecureSocketOptions.None,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };

    /// <summary>Of several addresses those that are taken get the message, also where one is not.</summary>
    private sealed class Client : SmtpClient
    {
        public Client()
        {
            Timeout = (int)EmailSender.Timeout.TotalMilliseconds;
            // As every other connection of ours: a company's own authority often names no list of revocations.
            CheckCertificateRevocation = false;
        }

        public List<(string Address, string Answer)> Refused { get; } = [];

        protected override void OnRecipientNotAccepted(MimeMessage message, MailboxAddress mailbox, SmtpResponse response) => Refused.Add((mailbox.Address, $"{(int)response.StatusCode} {response.Response}"));
    }
}
