using System.Globalization;
using Workato.Connections.Benchmarks;
using Workato.Connections.Benchmarks.Floors;

// Numbers are printed as CI and people everywhere read them.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The floors are modes of this program, so that each runs in a process of its own.
if (args is ["floor", var floor, .. var rest])
{
    await FloorServers.RunAsync(floor, rest);
    return 0;
}

if (Options.Read(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

await new Benchmark(options).RunAsync();
return 0;
