namespace Workato.Connections;

/// <summary>The values of a class that holds nothing but names.</summary>
internal static class Constants
{
    public static string[] Of(Type type) => [.. type.GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!)];
}
