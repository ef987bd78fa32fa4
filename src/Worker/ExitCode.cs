using Bulkhead.Api.Contract;

namespace Bulkhead.Worker;

/// <summary>Exit codes of the worker; <c>bulkhead run</c> passes them on.</summary>
internal static class ExitCode
{
    public const int Succeeded = 0;
    public const int Failed = 1;
    public const int BadInput = 2;
    public const int InternalError = 3;
    public const int Cancelled = 130;

    public static int Of(ExecutionResult result) => result switch
    {
        { Problems.Count: > 0 } => BadInput,
        { Reason: "InternalError" } => InternalError,
        { Phase: ExecutionPhase.Succeeded or ExecutionPhase.Suspended } => Succeeded,
        { Phase: ExecutionPhase.Cancelled } => Cancelled,
        _ => Failed,
    };
}
