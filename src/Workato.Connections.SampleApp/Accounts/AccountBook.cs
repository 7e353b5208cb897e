using Workato.Connections.SampleApp.SignIn;

namespace Workato.Connections.SampleApp.Accounts;

/// <summary>The accounts. Every change makes a new array, so readers need no lock.</summary>
internal sealed class AccountBook
{
    /// <summary>The account for programs: who acts where no person was asked.</summary>
    public const string Bot = "bot";

    private readonly Lock _writing = new();

    // Demonstration credentials of a toy: the landing page shows them to everybody.
    private volatile Account[] _accounts =
    [
        new(1, "ada", "Ada Lovelace", "ada@sample.example", "analytical-engine", "sample-key-ada"),
        new(2, Bot, "Integration bot", "bot@sample.example", "tabulating-machine", "sample-key-bot"),
    ];

    public IReadOnlyList<Account> All => _accounts;

    public Account? ByUsername(string? username) => _accounts.FirstOrDefault(account => account.Username == username);

    public Account? ByPassword(string username, string password) =>
        Find(account => RandomSecret.Same(account.Username, username) & RandomSecret.Same(account.Password, password));

    public Account? ByApiKey(string key) => Find(account => RandomSecret.Same(account.ApiKey, key));

    /// <summary>Changes one account; false if there is none of that name.</summary>
    public bool Change(string username, Func<Account, Account> change)
    {
        lock (_writing)
        {
            var index = Array.FindIndex(_accounts, account => account.Username == username);
            if (index < 0) return false;

            var accounts = _accounts.ToArray();
            accounts[index] = change(accounts[index]);
            _accounts = accounts;
            return true;
        }
    }

    // Looks at every account even after a match: how long it takes says nothing about which one it was.
    private Account? Find(Func<Account, bool> fits)
    {
        Account? found = null;
        foreach (var account in _accounts)
        {
            if (fits(account)) found = account;
        }

        return found;
    }
}
