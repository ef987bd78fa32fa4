using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using Bulkhead.Api.Problems;

namespace Bulkhead.Operator.Executions.Status;

/// <summary>Problems as a condition's message: class, code, path, sentence.</summary>
internal static class Problems
{
    private static readonly FrozenDictionary<ProblemClass, string> Names = Enum.GetValues<ProblemClass>().ToFrozenDictionary(
        c => c, c => typeof(ProblemClass).GetField($"{c}")!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);

    public static string Text(Problem problem) =>
        $"{Names[problem.Class]} {problem.Code}{(problem.Path.Length > 0 ? $" at {problem.Path}" : "")}: {problem.Message}";
}
