using Microsoft.AspNetCore.Http.Features;
using Workato.Connections.SampleApp.Accounts;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Who is asking, how they proved it, and what for; no scopes mean everything the account may do.</summary>
internal sealed record Caller(Account Account, string SignedInBy, IReadOnlyCollection<string>? Scopes = null)
{
    /// <summary>The caller the <see cref="SignInFilter"/> found.</summary>
    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
