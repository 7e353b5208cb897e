using Microsoft.AspNetCore.Http.Features;
using Workato.Connections.SampleApp.Accounts;

namespace Workato.Connections.SampleApp.SignIn;

/// <summary>Who is asking, and how they proved it.</summary>
internal sealed record Caller(Account Account, string SignedInBy)
{
    /// <summary>The caller the <see cref="SignInFilter"/> found.</summary>
    public static Caller Of(HttpContext context) => context.Features.GetRequiredFeature<Caller>();
}
