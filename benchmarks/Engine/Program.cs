using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Bulkhead.EngineBenchmarks;

if (args is ["quick"])
{
    await Quick.RunAsync();
    return;
}

var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Rig).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
