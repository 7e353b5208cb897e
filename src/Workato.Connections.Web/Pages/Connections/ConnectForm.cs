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

/// <summary>Makes that form.</summary>
internal sealed class ConnectForms(ProfileChoice profiles, FolderTree folders, CurrentAccess current)
{
    /// <summary>Whether this person may give credentials.</summary>
    public bool MayConnect => current.Access.May(Privilege.AuthorizeConnections);

    /// <summary>A fresh one.</summary>
    public async Task<ConnectForm> NewAsync(Connector connector, int? folder, RecipeReturn? place, CancellationToken cancel) => new(
        MayConnect,
        FieldsForm.New(connector, null) with { Profiles = await profiles.ListAsync(connector, cancel), For = place },
        new() { Name = connector.Title, FolderId = folder, Environment = AppEnvironment.Production, Places = await folders.ReadAsync(null, cancel) });
}
