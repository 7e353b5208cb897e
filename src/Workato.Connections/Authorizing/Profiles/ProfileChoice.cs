using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Workato.Connections.Connectors;
using Workato.Connections.Data;

namespace Workato.Connections.Authorizing.Profiles;

/// <summary>Which custom OAuth profile a connection uses.</summary>
public sealed class ProfileChoice(ConnectionsDbContext db)
{
    /// <summary>
    /// The chosen one; the only one there is where none was chosen; null where the way to sign in needs none, or it is not
    /// <paramref name="required"/> yet.
    /// </summary>
    public async Task<Result<CustomOAuthProfile?>> FindAsync(Connector connector, SignInWay way, IReadOnlyDictionary<string, string> settings, bool required, CancellationToken cancel)
    {
        if (!way.Placement.NeedsProfile) return (CustomOAuthProfile?)null;
        var chosen = settings.GetValueOrDefault(ImpliedFields.Profile);
        var provider = connector.ProfileProvider;
        // Two tell whether there is a choice.
        var there = await db.CustomOAuthProfiles.AsNoTracking().Where(p => p.Provider == provider).OrderBy(p => p.Id).Take(2).ToListAsync(cancel);
        if (chosen is null)
        {
            return there switch
            {
                [var only] => only,
                _ when !required => (CustomOAuthProfile?)null,
                [] => No($"there is no OAuth app for {connector.Title} yet: add one under Settings > OAuth apps (or POST /api/custom_oauth_profiles)"),
                _ => No($"there are several OAuth apps for {connector.Title}: choose one (GET /api/custom_oauth_profiles names them)"),
            };
        }

        var id = int.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return await db.CustomOAuthProfiles.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Provider == provider, cancel) is { } found
            ? found
            : No($"there is no OAuth app {chosen} for {connector.Title}; GET /api/custom_oauth_profiles names all of them");
    }

    private static Refusal No(string problem) => Refusal.Invalid("input." + ImpliedFields.Profile, problem);
}
