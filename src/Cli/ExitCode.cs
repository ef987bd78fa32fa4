using Bulkhead.Api.Contract;
using Bulkhead.Running;

namespace Bulkhead.Cli;

/// <summary>Exit codes of <c>bulkhead</c>: part of its public surface.</summary>
internal static class ExitCode
{
    public const int Succeeded = 0;

    /// <summary>The execution failed or timed out.</summary>
    public const int Failed = 1;

    /// <summary>Faults in the input or on the command line.</summary>
    public const int BadInput = 2;

    /// <summary>The worker could not be started, or ended without a result though nothing killed it.</summary>
    public const int NoResult = 3;

    public const int Cancelled = 130;

    /// <summary>Whoever read the output has gone (<c>| head -1</c>): as of a program that SIGPIPE ends.</summary>
    public const int ClosedPipe = 141;

    public static int Of(ExecutionResult result) => result switch
    {
        { Problems.Count: > 0 } => BadInput,
        { Reason: Reasons.NoResult or Reasons.InternalError } => NoResult,
        { Phase: ExecutionPhase.Succeeded or ExecutionPhase.Suspended } => Succeeded,
        { Phase: ExecutionPhase.Cancelled } => Cancelled,
        _ => Failed,
    };
}
