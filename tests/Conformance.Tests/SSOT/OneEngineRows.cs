using System.Reflection;
using Bulkhead.Engine.Factory;

namespace Bulkhead.Conformance.Tests.SSOT;

/// <summary>The compiled twin of the source scans in the architecture tests.</summary>
public class OneEngineRows
{
    [Fact(DisplayName = "SSOT-1 one engine type in the compiled engine")]
    [Trait("Seed", "SSOT-1")]
    public void Ssot1() => Engines(typeof(UserExecutionEngine).Assembly.GetTypes()).ShouldBe([typeof(UserExecutionEngine)]);

    [Fact(DisplayName = "SSOT-1 fails when a second engine exists")]
    [Trait("Seed", "SSOT-1")]
    public void Ssot1_Sabotaged() =>
        Engines([typeof(UserExecutionEngine), typeof(SharedExecutionEngine)]).ShouldBe([typeof(UserExecutionEngine), typeof(SharedExecutionEngine)]);

    [Fact(DisplayName = "SSOT-3 nobody but the engine's own assembly can create one, and there only the factory returns one")]
    [Trait("Seed", "SSOT-3")]
    public void Ssot3()
    {
        OpenWaysIn(typeof(UserExecutionEngine)).ShouldBeEmpty();
        typeof(UserExecutionEngine).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Task<UserExecutionEngine>))
            .Select(method => method.DeclaringType).Distinct().ShouldBe([typeof(ExecutionEngineFactory)]);
    }

    [Fact(DisplayName = "SSOT-3 fails when the engine has a public constructor")]
    [Trait("Seed", "SSOT-3")]
    public void Ssot3_Sabotaged() => OpenWaysIn(typeof(SharedExecutionEngine)).ShouldNotBeEmpty();

    private static IEnumerable<Type> Engines(IEnumerable<Type> types) =>
        types.Where(type => type.Name.EndsWith("ExecutionEngine", StringComparison.Ordinal));

    private static IEnumerable<string> OpenWaysIn(Type engine) =>
        engine.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Select(constructor => constructor.ToString()!)
            .Concat(engine.IsSealed ? [] : ["may be inherited"]);

    private sealed class SharedExecutionEngine;
}
