using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Workato.Connections.Auditing;
using Workato.Connections.Authorizing;
using Workato.Connections.Authorizing.Profiles;
using Workato.Connections.Authorizing.Refresh;
using Workato.Connections.Calling;
using Workato.Connections.Connectors;
using Workato.Connections.Data;
using Workato.Connections.Data.Work;
using Workato.Connections.Egress;
using Workato.Connections.Health;
using Workato.Connections.Operating;
using Workato.Connections.Notices;
using Workato.Connections.Privileges;
using Workato.Connections.Projects;
using Workato.Connections.Recipes;
using Workato.Connections.Recipes.Jobs;
using Workato.Connections.Secrets;
using Workato.Connections.Timelines;

namespace Workato.Connections;

/// <summary>Registers the library.</summary>
public static class ConnectionsSetup
{
    /// <summary>The name all protected data is bound to; changing it makes everything sealed before unreadable.</summary>
    private const string ApplicationName = "Workato.Connections";

    /// <summary>Registers everything but the web. The certificate wraps the key ring, the other one opens keys, too; the rules guard all requests to apps.</summary>
    public static IServiceCollection AddConnections(
        this IServiceCollection services, DatabaseOptions database, string dataDirectory, X509Certificate2 certificate, ConnectorCatalog catalog, EgressRules egress, X509Certificate2? otherCertificate = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddConnectionsDatabase(database, dataDirectory);
        // Before AddDataProtection, which would put its own key ring there.
        services.AddSingleton(new KeyCertificates(certificate, otherCertificate)).AddSingleton<KeyRings>().AddSingleton<IKeyRingProvider>(s => s.GetRequiredService<KeyRings>());
        services.AddDataProtection()
            .SetApplicationName(ApplicationName)
            .PersistKeysToDbContext<ConnectionsDbContext>()
            .ProtectKeysWithCertificate(certificate)
            .UnprotectKeysWithAnyCertificate(otherCertificate is null ? [certificate] : [certificate, otherCertificate]);
        services.AddSingleton<KeyMaker>().AddSingleton<KeyWrapping>().AddSingleton<KeyRingWatch>().AddHostedService(s => s.GetRequiredService<KeyRingWatch>());

        services.AddSingleton(catalog).AddSingleton(egress);
        services.AddSingleton<CredentialProtector>().AddSingleton<EgressGuard>().AddSingleton<AppHttp>();
        services.AddSingleton<OAuthHttp>().AddSingleton<AuthorizationRequests>().AddSingleton<AppTrips>().AddScoped<AuthorizationAttempts>().AddScoped<AuthorizationLinks>().AddScoped<TokenRevoker>();
        services.AddScoped<ConnectionAuthorization>().AddScoped<DeviceAuthorization>();
        services.AddSingleton<InheritedInput>().AddScoped<RuntimeUserPages>().AddScoped<RuntimeUserConnections>().AddScoped<IConnectLinks>(s => s.GetRequiredService<RuntimeUserConnections>()).AddSingleton<IWorker, RuntimeUserCallbacks>();
        services.AddSingleton<TokenClient>().AddSingleton<OAuth1Client>().AddSingleton<LearnedValues>().AddScoped<ProfileChoice>().AddScoped<OAuthProfiles>();
        // Stopped in turn from the last: tokens that are on their way come before those that are not needed any more.
        services.AddSingleton<Revocations>().AddHostedService(p => p.GetRequiredService<Revocations>());
        services.AddSingleton<RefreshUnderLease>().AddSingleton<TokenRefresher>().AddHostedService<RefreshAhead>();
        services.AddSingleton<LiveConnections>().AddSingleton<StoredCredentials>().AddSingleton<ConnectionSnapshots>().AddSingleton<AnswerJudge>().AddSingleton<ConnectionTester>().AddSingleton<SecondLook>().AddSingleton<CallAnswers>();
        services.AddScoped<KeyRingGuard>().AddScoped<WorkspaceSetup>();
        services.AddScoped<KeyRotations>().AddScoped<KeyStock>().AddScoped<SecretCheck>().AddScoped<ResealingPass>().AddScoped<WrappingPass>().AddSingleton<IWorker, KeyRotationWork>();
        services.AddScoped<ConnectionGuards>().AddScoped<ConnectionTrail>().AddScoped<ConnectionStore>().AddScoped<CredentialPreparation>().AddScoped<CredentialReplacement>().AddScoped<ConnectionService>().AddScoped<ConnectionQueries>();
        services.AddSingleton<HomeFolder>().AddScoped<FolderTree>().AddScoped<ProjectService>().AddScoped<ProjectRemoval>();
        services.AddScoped<WhoActs>().AddScoped<CurrentAccess>().AddScoped<Travellers>();
        services.AddScoped<AuditTrail>().AddScoped<AuditChain>().AddScoped<AuditCheck>().AddScoped<AuditQueries>().AddHostedService<AuditChaining>();
        services.AddSingleton<AuditTally>().AddHostedService(s => s.GetRequiredService<AuditTally>());
        services.AddScoped<ProjectDirectory>().AddScoped<IProjectDirectory, ProjectDirectory>().AddScoped<Grants>().AddScoped<RoleHolders>().AddScoped<Roles>().AddScoped<Members>();
        services.AddScoped<ApiClients>().AddScoped<BootstrapClient>().AddScoped<OwnerLinks>().AddScoped<SignIns>().AddScoped<EndedSessions>().AddRetention<EndedSessionRetention>();
        services.AddSingleton<ApiClientUse>().AddHostedService(s => s.GetRequiredService<ApiClientUse>());
        services.AddScoped<IncidentRound>().AddScoped<IncidentWarnings>().AddScoped<HealthSampler>().AddScoped<HealthOverview>().AddScoped<TimelineQueries>();
        services.AddSingleton<IncidentWatch>().AddHostedService(s => s.GetRequiredService<IncidentWatch>()).AddSingleton<ScheduledTests>().AddHostedService(s => s.GetRequiredService<ScheduledTests>());
        services.AddRetention<IncidentRetention>().AddRetention<HealthRetention>();
        services.AddRecipes().AddNotices();
        services.AddSingleton<ConnectionTally>().AddHostedService(s => s.GetRequiredService<ConnectionTally>());
        // Last, so that it is stopped first: what it has begun may still need the others.
        services.AddSingleton<WorkSignal>().AddSingleton<WorkRunner>().AddHostedService(s => s.GetRequiredService<WorkRunner>());
        return services;
    }
}
