using Workato.Connections.Secrets;

namespace Workato.Connections.Web.Pages.Settings.People;

/// <summary>A token that is shown once, to who made it.</summary>
internal sealed record NewToken(string Client, Secret Token);
