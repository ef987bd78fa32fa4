using System.Diagnostics;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Tests;

/// <summary>A script's instructions, the hook's looks and its changes, on a clock of the test's own.</summary>
public sealed class HookPaceTests
{
    private const long Limit = 1_000_000;

    private static readonly long Millisecond = Stopwatch.Frequency / 1000;
    private static readonly long Nanoseconds10 = Math.Max(1, Stopwatch.Frequency / 100_000_000);

    private HookPace _pace;
    private int _count = HookPace.Most;
    private long _now = 1000 * Millisecond;

    /// <summary>Where each change takes longer than what counts as slow (a recursion of 300,000 calls), the hook found itself slow: 20 s for 0.3 s of script.</summary>
    [Fact]
    public void Next_ChangesThatTakeLong_AreASmallPartOfTheTime()
    {
        var (ran, changed) = Run(looks: 200_000, instruction: Nanoseconds10, change: 8 * Millisecond, used: look => look / 50 % 2 == 0 ? 0 : Limit / 8 * 7);

        changed.ShouldBeGreaterThan(0);
        ((double)changed / (ran + changed)).ShouldBeLessThan(0.25);
    }

    [Fact]
    public void Next_SlowInstructions_IsLookedAtMoreOftenAtOnce()
    {
        Run(looks: 4, instruction: Millisecond, change: 8 * Millisecond, used: _ => 0);

        _count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, HookPace.Most)]
    [InlineData(Limit / 8 * 5, 128)]
    [InlineData(Limit / 8 * 7, 16)]
    public void Next_NearTheLimitOfMemory_IsLookedAtMoreOften(long used, int count)
    {
        Run(looks: 4, instruction: Millisecond, change: 0, used: _ => 0);
        Run(looks: 20, instruction: 0, change: 0, used: _ => used);

        _count.ShouldBe(count);
    }

    private (long Ran, long Changed) Run(int looks, long instruction, long change, Func<int, long> used)
    {
        var (ran, changed) = (0L, 0L);
        _pace.Begin(_now);
        for (var look = 0; look < looks; look++)
        {
            ran += _count * instruction;
            _now += _count * instruction;
            var wanted = _pace.Next(_now, _count, used(look), Limit);
            if (wanted == _count)
                continue;
            _count = wanted;
            changed += change;
            _pace.Changed(_now, _now += change);
        }

        return (ran, changed);
    }
}
