using System.Text.Json;

namespace Bulkhead.Engine.Actions;

/// <summary>Waits without holding a thread.</summary>
internal sealed class SleepAction : IAction
{
    private const double Longest = 86_400;

    public ActionSignature Signature { get; } = new(
        "sleep", "Waits; the branch's time-out and a cancellation end it early.",
        [new("seconds", "number", "How long, in seconds: 0 to 86,400.")], "nothing");

    public async ValueTask<JsonElement?> RunAsync(ActionCall call, CancellationToken cancellationToken)
    {
        var seconds = call["seconds"].GetDouble();
        if (seconds is not (>= 0 and <= Longest)) throw ActionCall.Wrong($"sleep: 'seconds' must be 0 to {Longest}, got {call["seconds"].GetRawText()}.");
        await Task.Delay(TimeSpan.FromSeconds(seconds), call.Run.Clock, cancellationToken);
        return null;
    }
}
