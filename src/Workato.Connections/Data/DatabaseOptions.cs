namespace Workato.Connections.Data;

/// <summary>Where the data is. Settings section <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Npgsql's form, for example <c>Host=db;Database=connections;Username=app;Password=...</c>. Empty: SQLite in the data directory.</summary>
    public string? ConnectionString { get; set; }
}
