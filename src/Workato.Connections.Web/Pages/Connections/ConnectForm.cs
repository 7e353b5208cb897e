using System.Globalization;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Connectors;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Web.Pages.Shared;

namespace Workato.Connections.Web.Pages.Connections;

/// <summary>The form in which a connection is made: on the wizard's page and in the panel of a recipe's step alike.</summary>
/// <param name="MayConnect">Whether this person may give credentials; otherwise the connection is prepared for somebody who may.</param>
/// <param name="Fields">What the app asks for.</param>
/// <param name="About">What is asked whatever the app.</param>
internal sealed record ConnectForm(bool MayConnect, FieldsForm Fields, AboutForm About)
{
    /// <summary>Why it was not made.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The app.</summary>
    public Connector Connector => Fields.Connector;

    /// <summary>The recipe it is made for; null: none.</summary>
    public RecipeReturn? For => Fields.For;

    /// <summary>Where it is posted, wherever it is shown.</summary>
    public string Action => $"/connections/new/{Connector.Provider}{For?.Query}";
}

/// <summary>The form in which a connection that is there is connected again: on a page of its own and in the panel of a recipe's step alike.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Fields">What the app asks for.</param>
internal sealed record ReconnectForm(ConnectionSummary Connection, FieldsForm Fields)
{
    /// <summary>Why it was not done.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The app.</summary>
    public Connector Connector => Fields.Connector;

    /// <summary>The recipe one comes back to; null: none.</summary>
    public RecipeReturn? For => Fields.For;

    /// <summary>What it is about, in words.</summary>
    public string Title => Connection switch
    {
        { HasCredentials: false } => $"Connect {Connector.Title}",
        { UsesTokens: true } => $"Connect {Connector.Title} again",
        _ => "Enter the credentials again",
    };

    /// <summary>What becomes of what is there, in words.</summary>
    public string Promise => "The connection keeps its id and everything that uses it." + (Connection.HasCredentials ? $" What {Connector.Title} does not accept does not replace what is stored." : "");

    /// <summary>Where it is posted, wherever it is shown.</summary>
    public string Action => string.Create(CultureInfo.InvariantCulture, $"/connections/{Connection.Id}/reconnect{For?.Query}");
}

/// <summary>Makes these forms.</summary>
internal sealed class ConnectForms(ProfileChoice profiles, FolderTree folders, ConnectionQueries connections, CurrentAccess current)
{
    /// <summary>Whether this person may give credentials.</summary>
    public bool MayConnect => current.Access.May(Privilege.AuthorizeConnections);

    /// <summary>A fresh one, for a new connection.</summary>
    public async Task<ConnectForm> NewAsync(Connector connector, int? folder, RecipeReturn? place, CancellationToken cancel) => new(
        MayConnect,
        FieldsForm.New(connector, null) with { Profiles = await profiles.ListAsync(connector, cancel), For = place },
        new() { Name = await connections.FreeNameAsync(connector, cancel), FolderId = folder, Environment = AppEnvironment.Production, Places = await folders.ReadAsync(null, cancel) });

    /// <summary>The one in which <paramref name="connection"/> is connected again.</summary>
    public async Task<ReconnectForm> AgainAsync(Connector connector, ConnectionSummary connection, RecipeReturn? place, CancellationToken cancel) =>
        new(connection, FieldsForm.Of(connector, connection) with { Profiles = await profiles.ListAsync(connector, cancel), For = place });
}
