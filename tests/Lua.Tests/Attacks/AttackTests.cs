using System.Text.Json;

namespace Bulkhead.Lua.Tests.Attacks;

/// <summary>
/// The corpus in this process, where the allocator's own count can be read. The attacks inside one C function leave a thread
/// behind and run in worker processes only (see the attack tests of the worker), as all the others do there again.
/// </summary>
[Collection("One after the other")]
public sealed class AttackTests
{
    private const long Limit = 8L * 1024 * 1024;

    public static TheoryData<string> Names => new(Attack.All.Where(attack => !attack.MayBeAbandoned).Select(attack => attack.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Attack_BesideAHealthyVm_IsHeldWithinItsLimits(string name)
    {
        var attack = Attack.All.Single(attack => attack.Name == name);
        using var workers = new LuaWorkers(2);

        // A generous grace: the subject is that loops in Lua code are stopped, however loaded the machine is.
        var options = new LuaVmOptions { MemoryLimit = Limit, AbandonGrace = TimeSpan.FromSeconds(20) };
        using var attacked = new Bench(options, Sleep, workers);
        using var healthy = new Bench(new LuaVmOptions(), Bench.EchoLater, workers);
        var deadline = attack.IsEndless ? Bench.After(250) : Bench.After(60_000);
        var end = attacked.Run(attack.Source, deadline);
        (await healthy.Value("local sum = 0 for i = 1, 200 do sum = sum + host.get(i) end return sum")).ShouldBe("20100");
        var outcome = await end;

        outcome.Status.ToString().ShouldBeOneOf(attack.Expectations, outcome.Error ?? outcome.Value?.GetRawText());
        outcome.Abandoned.ShouldBeFalse();
        attacked.Vm.PeakBytes.ShouldBeLessThanOrEqualTo(Limit + 64 * 1024);
        if (attack.Class == "sandbox escapes")
            outcome.Error.ShouldNotBeNull();
    }

    [Fact]
    public void Corpus_CoversItsClasses()
    {
        Attack.All.Count.ShouldBeGreaterThanOrEqualTo(40);
        Attack.All.Count(attack => attack.MayBeAbandoned).ShouldBeLessThanOrEqualTo(10);
        Attack.All.Select(attack => attack.Class).Distinct().Order().ShouldBe(
        [
            "busy loop", "callbacks", "closing", "coroutines", "deep recursion", "finalizers", "huge ranges", "memory", "metamethods",
            "patterns", "protected calls", "sandbox escapes",
        ]);
    }

    private static async ValueTask<JsonElement?> Sleep(string function, JsonElement arguments, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(arguments[0].GetDouble()), cancellationToken);
        return null;
    }
}
