using Bulkhead.Engine.Actions;
using Bulkhead.Engine.Scheduling;
using Bulkhead.Testing.Running;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>One row of the conformance table: it holds on the engine, and does not on an engine with the fault that it is there to find.</summary>
internal static class Row
{
    public static Task HoldsUnlessAsync(Fault fault, string document, Action<Ran> check) =>
        HoldsUnlessAsync(fault, document, check, () => ActionRegistry.BuiltIn);

    public static async Task HoldsUnlessAsync(Fault fault, string document, Action<Ran> check, Func<ActionRegistry> newActions)
    {
        check(await new LocalRun { Parts = new EngineParts { Actions = newActions() } }.RunAsync(document));
        var broken = await new LocalRun { Parts = BrokenFork.With(fault, newActions) }.RunAsync(document);
        Record.Exception(() => check(broken)).ShouldNotBeNull($"the row does not notice {fault}");
    }

    /// <summary>The same for a check on two things: it holds for two, and not for one given twice.</summary>
    public static async Task HoldsForTwoAsync<T>(T one, T other, Func<T, T, Task> check)
    {
        await check(one, other);
        (await Record.ExceptionAsync(() => check(one, one))).ShouldNotBeNull("the row does not notice that both are one");
    }

    /// <summary>A check that must find the fault of the wiring that it runs on: its own assertion fails, nothing else.</summary>
    public static async Task NoticesAsync(string fault, Func<Task> check) =>
        (await Record.ExceptionAsync(check)).ShouldBeOfType<ShouldAssertException>($"the row does not notice {fault}");

    /// <summary>The built-in actions with some replaced.</summary>
    public static ActionRegistry ActionsWith(params IAction[] actions) =>
        new(ActionRegistry.BuiltIn.All.Where(a => !actions.Any(own => own.Signature.Name == a.Signature.Name)).Concat(actions));
}
