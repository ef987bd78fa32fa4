using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Loading;
using Bulkhead.Api.Workflows;
using Bulkhead.Engine.Contexts;
using Bulkhead.Engine.Events;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.Wirings;

/// <summary>Real runs of small documents.</summary>
internal static class Runs
{
    /// <summary>Leaves the user's mark wherever a leak could carry it: in the state, in a global of the VM, in a host call.</summary>
    public const string Marking = """
        name: marking
        nodes:
          - name: mark
            run: |
              local found = {}
              for key, value in pairs(state) do
                if type(value) == "string" then found[#found + 1] = value end
              end
              if leaked_mark ~= nil then found[#found + 1] = leaked_mark end
              leaked_mark = state.mark
              table.sort(found)
              sleep(0.005)
              return {kept = state.mark, found = array(found)}
        """;

    public static Workflow Load(string yaml)
    {
        var loaded = WorkflowLoader.Load(yaml);
        loaded.Problems.ShouldBeEmpty();
        return loaded.Workflow.ShouldNotBeNull();
    }

    public static Task<ExecutionResult> RunAsync(UserExecutionEngine engine, Workflow workflow, object? inputs = null, IExecutionEvents? events = null) =>
        engine.RunAsync(workflow, JobOf(engine.Context, inputs), events ?? new Silence(), CancellationToken.None);

    /// <summary>Creates an engine, runs, cleans up.</summary>
    public static async Task<ExecutionResult> OnceAsync(Wiring wiring, ExecutionEngineFactory factory, string user, Workflow workflow, object? inputs = null)
    {
        var engine = await wiring.Create(factory, Users.Fields(user));
        try
        {
            return await RunAsync(engine, workflow, inputs);
        }
        finally
        {
            await wiring.CleanUp(factory, engine);
        }
    }

    public static string Text(ExecutionResult result) => JsonSerializer.Serialize(result, ContractJson.Default.ExecutionResult);

    public static Job JobOf(UserExecutionContext context, object? inputs) =>
        context.JobFor(JsonElement.Parse("{}"), JsonSerializer.SerializeToElement(inputs ?? new { }));

    private sealed class Silence : IExecutionEvents
    {
        public void Emit(ExecutionEvent executionEvent)
        {
        }
    }
}
