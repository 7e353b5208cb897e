using System.Globalization;
using Workato.Connections.Benchmarks;
using Workato.Connections.Benchmarks.Floors;
using Workato.Connections.Benchmarks.Jobs;
using Workato.Connections.Benchmarks.Notices;
using Workato.Connections.Benchmarks.Outage;
using Workato.Connections.Benchmarks.Refresh;
using Workato.Connections.Benchmarks.Rotation;

// Numbers are printed as CI and people everywhere read them.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The floors are modes of this program, so that each runs in a process of its own.
if (args is ["floor", var floor, .. var rest])
{
    await FloorServers.RunAsync(floor, rest);
    return 0;
}

if (args is ["--product", var product, "refresh-matrix", .. var wishes])
{
    if (MatrixOptions.Read(product, wishes) is { } matrix) return await new Matrix(matrix).RunAsync() ? 0 : 1;
    Console.Error.WriteLine(MatrixOptions.Usage);
    return 2;
}

if (args is ["--product", var server, "refresh", .. var counts])
{
    await Throughput.RunAsync(server, isQuick: counts is ["--quick"]);
    return 0;
}

if (args is ["--product", var runner, "jobs", .. var extent])
{
    await JobThroughput.RunAsync(runner, isQuick: extent is ["--quick"]);
    return 0;
}

if (args is ["--product", var victim, "jobs-kill"]) return await JobKill.RunAsync(victim) ? 0 : 1;

if (args is ["--product", var rotated, "rotation"]) return await RotationUnderLoad.RunAsync(rotated) ? 0 : 1;
if (args is ["--product", var teller, "notices"]) return await NoticeKill.RunAsync(teller) ? 0 : 1;

if (args is ["--product", var bereft, "outage", .. var length]) return await OutageByTheClock.RunAsync(bereft, isQuick: length is ["--quick"]) ? 0 : 1;

if (args is ["refresh-reader", .. var reader])
{
    await RefreshReader.RunAsync(reader);
    return 0;
}

if (Options.Read(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 2;
}

await new Benchmark(options).RunAsync();
return 0;
