using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Data;

namespace Workato.Connections.Tests.Data;

public class MigrationsTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Host=design.invalid")]
    public void Every_change_of_the_model_has_its_migration(string connectionString)
    {
        using var services = new ServiceCollection().AddConnectionsDatabase(new() { ConnectionString = connectionString }, ".").BuildServiceProvider();
        using var scope = services.CreateScope();

        scope.ServiceProvider.GetRequiredService<ConnectionsDbContext>().Database.HasPendingModelChanges()
            .ShouldBeFalse("dotnet ef migrations add, for both contexts");
    }
}
