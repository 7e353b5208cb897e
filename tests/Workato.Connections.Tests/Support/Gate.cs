namespace Workato.Connections.Tests.Support;

/// <summary>Holds something back until the test lets it go, and says when it has come that far.</summary>
public sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody stands before it.</summary>
    public Task Reached => reached.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public void Open() => open.TrySetResult();

    public Task PassAsync()
    {
        reached.TrySetResult();
        return open.Task;
    }
}
