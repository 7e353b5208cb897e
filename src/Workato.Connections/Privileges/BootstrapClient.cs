using Microsoft.EntityFrameworkCore;
using Workato.Connections.Auditing;
using Workato.Connections.Data;
using Workato.Connections.Secrets;

namespace Workato.Connections.Privileges;

/// <summary>Makes the API client "bootstrap" with a token the operator chose, for unattended set-up.</summary>
public sealed class BootstrapClient(ConnectionsDbContext db, AuditTrail audit, TimeProvider time)
{
    /// <summary>The shortest token an operator may choose, in characters.</summary>
    public const int MinTokenLength = 32;

    private const string Name = "bootstrap";

    /// <summary>Makes it unless it is there; a changed token replaces the old one.</summary>
    /// <exception cref="StartRefusedException">The token is too short to be safe, or another client's.</exception>
    public async Task KeepAsync(Secret token, CancellationToken cancel)
    {
        var value = token.Reveal();
        if (value.Length < MinTokenLength)
            throw new StartRefusedException($"Bootstrap__ApiToken must have {MinTokenLength} or more characters. Make one with: openssl rand -hex 32");

        var hash = Token.Hash(value);
        if (await db.Set<ApiClient>().AnyAsync(c => c.TokenHash == hash && c.Name != Name, cancel))
            throw new StartRefusedException("Bootstrap__ApiToken is the token of another API client already. Make a new one with: openssl rand -hex 32");

        var client = await db.Set<ApiClient>().SingleOrDefaultAsync(c => c.Name == Name, cancel);
        if (client is not null && client.TokenHash.AsSpan().SequenceEqual(hash)) return;
        var now = time.GetUtcNow();
        if (client is null)
        {
            var role = await db.Set<Role>().SingleAsync(r => r.IsSystem && r.Name == SystemRoles.Owner.Name, cancel);
            db.Add(client = new ApiClient { Name = Name, TokenHash = hash, TokenEnding = value[^4..], TokenMadeAt = now, Role = role, CreatedAt = now, UpdatedAt = now });
            audit.Add(AuditEvents.ApiClientCreated, new(AuditedTypes.ApiClient, null, Name), new AuditChanges().With("role", null, role.Name).With("projects", null, "all"));
        }
        else
        {
            (client.TokenHash, client.TokenEnding, client.TokenMadeAt, client.UpdatedAt) = (hash, value[^4..], now, now);
            audit.Add(AuditEvents.ApiClientTokenMade, new(AuditedTypes.ApiClient, client.Id, Name));
        }

        await db.SaveChangesAsync(cancel);
    }
}
