using Workato.Connections.Tests.Support;

// Apart from the class itself: the benchmarks start the same cluster, without a test framework.
[assembly: AssemblyFixture(typeof(PostgresCluster))]
