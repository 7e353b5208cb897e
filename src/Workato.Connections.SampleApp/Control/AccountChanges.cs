using Workato.Connections.SampleApp.Accounts;

namespace Workato.Connections.SampleApp.Control;

/// <summary>Something an administrator of the app does to an account behind its user's back.</summary>
internal interface IAccountChange
{
    /// <summary>The fields it takes, for the message when one is missing.</summary>
    static abstract string Fields { get; }

    string? Username { get; }

    bool IsComplete { get; }

    Account Apply(Account account);
}

internal sealed record PasswordChange(string? Username, string? Password) : IAccountChange
{
    public static string Fields => "username and password";

    public bool IsComplete => !string.IsNullOrEmpty(Password);

    public Account Apply(Account account) => account with { Password = Password! };
}

internal sealed record ApiKeyChange(string? Username, string? Key) : IAccountChange
{
    public static string Fields => "username and key";

    public bool IsComplete => !string.IsNullOrEmpty(Key);

    public Account Apply(Account account) => account with { ApiKey = Key! };
}

internal sealed record ScopeChange(string? Username, bool? Missing) : IAccountChange
{
    public static string Fields => "username and missing";

    public bool IsComplete => Missing is not null;

    public Account Apply(Account account) => account with { ScopeMissing = Missing!.Value };
}
