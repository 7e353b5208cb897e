namespace Workato.Connections.SampleApp.Accounts;

/// <summary>Somebody who has an account in the sample app, with everything they can sign in with.</summary>
internal sealed record Account(int Id, string Username, string Name, string Email, string Password, string ApiKey)
{
    /// <summary>The account is real but lacks a permission, as when an administrator took it away.</summary>
    public bool ScopeMissing { get; init; }
}
