namespace Workato.Connections.SampleApp.SignIn.OAuth2;

/// <summary>What becomes of a refresh token that was used.</summary>
/// <param name="Name">What it is called in <c>/control/oauth2</c>.</param>
/// <param name="UsesUp">It is used up, and a new one comes with the answer.</param>
/// <param name="ReuseEndsFamily">Presented again, it ends everything that came of the same permission.</param>
internal sealed record Rotation(string Name, bool UsesUp, bool ReuseEndsFamily)
{
    public static IReadOnlyList<Rotation> All { get; } =
    [
        new("rotate", UsesUp: true, ReuseEndsFamily: true),
        new("keep", UsesUp: false, ReuseEndsFamily: true),
        new("rotate_without_family_revocation", UsesUp: true, ReuseEndsFamily: false),
    ];

    public static Rotation? Find(string? name) => All.FirstOrDefault(rotation => rotation.Name == name);
}
