namespace Workato.Connections.Tests.Support;

/// <summary>Reads results as sentences.</summary>
public static class Results
{
    /// <summary>What was asked for; a refusal fails the test with its words.</summary>
    public static T Granted<T>(this Result<T> result)
    {
        result.Refusal.ShouldBeNull();
        return result.Value!;
    }

    /// <summary>The refusal; what was asked for fails the test.</summary>
    public static Refusal Refused<T>(this Result<T> result) => result.Refusal.ShouldNotBeNull();

    /// <summary>The refusal of one field.</summary>
    public static string RefusedField<T>(this Result<T> result, string field)
    {
        result.Refused().Kind.ShouldBe(RefusalKind.Invalid);
        result.Refusal!.Errors.Keys.ShouldBe([field]);
        return result.Refusal.Errors[field].ShouldHaveSingleItem();
    }
}
