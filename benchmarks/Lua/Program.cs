using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Bulkhead.Benchmarks;
using Bulkhead.Benchmarks.Baselines;
using Bulkhead.Lua;

if (args is ["memory"])
{
    // By the allocator's own count; the seeds ask for 10 VMs in 500 KB.
    using var rig = new Rig();
    var vms = Enumerable.Range(0, 10).Select(_ => rig.NewVm()).ToList();
    Console.WriteLine($"10 VMs with host API: {vms.Sum(vm => vm.UsedBytes)} bytes; raw C, one VM: {RawLua.Create()} bytes");
    vms.ForEach(vm => vm.Dispose());
    return;
}

var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Rig).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
