using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Workato.Connections.Data;

/// <summary>How <c>dotnet ef migrations add</c> makes the SQLite context.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDbContext>
{
    public SqliteDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<SqliteDbContext>();
        options.UseConnectionsSqlite("Data Source=:memory:");
        return new(options.Options);
    }
}

/// <summary>How <c>dotnet ef migrations add</c> makes the PostgreSQL context.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresDbContext>
{
    public PostgresDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<PostgresDbContext>();
        options.UseConnectionsPostgres("Host=design.invalid");
        return new(options.Options);
    }
}
