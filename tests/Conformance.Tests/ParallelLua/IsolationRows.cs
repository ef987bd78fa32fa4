using System.Text.Json;
using Bulkhead.Testing.Running;
using static Bulkhead.Testing.Running.Documents;

namespace Bulkhead.Conformance.Tests.ParallelLua;

/// <summary>Nothing passes between branches: neither globals, tables, functions nor state.</summary>
public sealed class IsolationRows
{
    private const string SeenBefore = "local seen = parallel_id; parallel_id = context.node; sleep(0.01); return {seen = seen ~= nil, id = parallel_id}";

    [Fact(DisplayName = "PY-002-INT-001 each branch gets a fresh VM"), Trait("Seed", "PY-002-INT-001")]
    public Task Branches_SettingOneGlobal_SeeOnlyTheirOwn() => Row.HoldsUnlessAsync(
        Fault.SharedVm, Fork(("branch_a", SeenBefore), ("branch_b", SeenBefore)), ran =>
        {
            foreach (var name in (string[])["branch_a", "branch_b"])
            {
                State(ran, name, "id").GetString().ShouldBe(name);
                State(ran, name, "seen").GetBoolean().ShouldBeFalse();
            }
        });

    [Fact(DisplayName = "PY-002-INT-002 parallel branches do not share globals"), Trait("Seed", "PY-002-INT-002")]
    public Task Globals_OfParallelBranches_AreIsolated() => Row.HoldsUnlessAsync(Fault.SharedVm, Fork(
        new { }, """
        for _, result in ipairs(state.parallel_results) do
          if result.branch == "branch_a" then assert(result.state.marker == "from_a") end
          if result.branch == "branch_b" then assert(result.state.marker == "from_b") end
          assert(result.state.before == nil)
        end
        return {checked = #state.parallel_results}
        """,
        ("branch_a", "local before = parallel_marker; parallel_marker = 'from_a'; return {marker = parallel_marker, before = before}"),
        ("branch_b", "local before = parallel_marker; parallel_marker = 'from_b'; return {marker = parallel_marker, before = before}")),
        ran =>
        {
            ran.Result.Phase.ShouldBe(Api.Contract.ExecutionPhase.Succeeded, ran.Result.Message);
            ran["checked"].GetInt32().ShouldBe(2);
        });

    [Fact(DisplayName = "PY-002-INT-003 a function defined in one branch is undefined in another"), Trait("Seed", "PY-002-INT-003")]
    public Task Functions_OfParallelBranches_AreIsolated() => Row.HoldsUnlessAsync(
        Fault.SharedVm, Fork(("branch_a", "function calc() return 100 end return {value = calc()}"), ("branch_b", "return {value = calc()}")), ran =>
        {
            State(ran, "branch_a", "value").GetInt32().ShouldBe(100);
            ran.Branch("branch_b").GetProperty("success").GetBoolean().ShouldBeFalse();
            ran.Branch("branch_b").GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("calc");
            ran.Branch("branch_b").GetProperty("error_type").GetString().ShouldBe("LuaError");
        });

    [Fact(DisplayName = "PY-002-INT-004 each branch gets a deep copy of state"), Trait("Seed", "PY-002-INT-004")]
    public Task State_ChangedInOneBranch_IsWholeInAnother() => Row.HoldsUnlessAsync(Fault.SharedState, Fork(
        new { items = new[] { 1, 2 } }, "return {items_after = state.items}",
        ("branch_a", "state.items[1] = 99 return {items = state.items}"),
        ("branch_b", "return {first = state.items[1]}")),
        ran =>
        {
            State(ran, "branch_a", "items").GetRawText().ShouldBe("[99,2]");
            State(ran, "branch_b", "first").GetInt32().ShouldBe(1);
            ran["items_after"].GetRawText().ShouldBe("[1,2]");
        });

    [Fact(DisplayName = "PY-002-INT-006 no variable, function or table leaks"), Trait("Seed", "PY-002-INT-006")]
    public Task Everything_OfParallelBranches_IsIsolated() => Row.HoldsUnlessAsync(Fault.SharedVm, Fork(
        new { }, """
        local b = state.parallel_results[2].state
        return {leaks = {b.var_leaked, b.func_leaked, b.table_leaked}}
        """,
        ("branch_a", "leaked_var = 'A' function leaked_func() return 'A' end leaked_table = {origin = 'A'} return {set = true}"),
        ("branch_b", "return {var_leaked = leaked_var ~= nil, func_leaked = leaked_func ~= nil, table_leaked = leaked_table ~= nil}")),
        ran => ran["leaks"].GetRawText().ShouldBe("[false,false,false]"));

    [Fact(DisplayName = "RUST-030-INT-003 a VM is made for each branch"), Trait("Seed", "RUST-030-INT-003")]
    public Task Counter_InEveryBranch_IsOne() => Row.HoldsUnlessAsync(
        Fault.SharedVm, Fork([.. Enumerable.Range(0, 20).Select(i => ($"b{i}", "n = (n or 0) + 1 return {n = n}"))]),
        ran => ran.ParallelResults.ShouldAllBe(r => r.GetProperty("state").GetProperty("n").GetInt32() == 1));

    [Fact(DisplayName = "RUST-030-INT-009 a global is nil in another branch"), Trait("Seed", "RUST-030-INT-009")]
    public Task Global_OfABranch_IsNilInAnother() => Row.HoldsUnlessAsync(
        Fault.SharedVm, Fork(("branch_a", "cached = 123 return state"), ("branch_b", "return {cached_value = cached == nil and 'nil' or cached}")),
        ran => State(ran, "branch_b", "cached_value").ToString().ShouldBe("nil"));

    [Fact(DisplayName = "RUST-030-INT-010 a table in _G is another one in each branch"), Trait("Seed", "RUST-030-INT-010")]
    public Task GlobalTable_ChangedInABranch_IsUntouchedInAnother() => Row.HoldsUnlessAsync(
        Fault.SharedVm, Fork(
            ("branch_a", "_G.config = {mode = 'a'} string.extra = 1 return {mode = _G.config.mode}"),
            ("branch_b", "return {config = _G.config == nil, extra = string.extra == nil}")),
        ran =>
        {
            State(ran, "branch_b", "config").GetBoolean().ShouldBeTrue();
            State(ran, "branch_b", "extra").GetBoolean().ShouldBeTrue();
        });

    [Fact(DisplayName = "RUST-030-INT-011 a function is undefined in another branch"), Trait("Seed", "RUST-030-INT-011")]
    public Task Helper_OfABranch_IsUndefinedInAnother() => Row.HoldsUnlessAsync(
        Fault.SharedVm, Fork(("branch_a", "function helper() return 1 end return {one = helper()}"), ("branch_b", "return {one = helper()}")), ran =>
        {
            State(ran, "branch_a", "one").GetInt32().ShouldBe(1);
            ran.Branch("branch_b").GetProperty("success").GetBoolean().ShouldBeFalse();
        });

    private static JsonElement State(Ran ran, string branch, string field) => ran.Branch(branch).GetProperty("state").GetProperty(field);
}
