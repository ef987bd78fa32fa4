using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bulkhead.Lua.Json;
using Bulkhead.Lua.Native;

namespace Bulkhead.Lua.Execution;

/// <summary>
/// One script as a coroutine that C# resumes. It runs under Lua's own pcall, so that an uncaught error closes its variables first.
/// The VM's limit is on only while Lua runs or compiles; whatever C# does on the stacks happens with the limit off and is measured after.
/// </summary>
internal sealed unsafe class ScriptCoroutine(LuaState state)
{
    private const string NoMemory = "not enough memory";

    /// <summary>Marker, success, value.</summary>
    private const int AnswerLength = 3;

    private nint _thread;
    private string _lastFunction = "";

    /// <summary>Sets the globals and loads the script. Null when it is ready to be resumed with <see cref="Start"/>.</summary>
    internal Turn? Load(LuaScript script, IReadOnlyList<LuaGlobal> globals)
    {
        var block = state.Block;
        block->Refusals = 0;
        block->RefusalPending = 0;
        _thread = LuaNative.NewThread(state.Main);
        LuaFast.RawGetItem(_thread, LuaNative.RegistryIndex, LuaState.ProtectedCallSlot);
        try
        {
            Globals.Set(state, globals);
        }
        catch (LuaJsonException fault)
        {
            return OverLimit() ?? Turn.Failed(fault.Message);
        }

        var source = Encoding.UTF8.GetBytes(script.Source);
        block->Unlimited = 0;
        var code = LuaLoader.LoadText(_thread, script.Name, source);
        block->Unlimited = 1;
        if (code == LuaCode.MemoryError)
            return Stop(StopReason.OutOfMemory);
        return OverLimit() ?? (code == LuaCode.Ok ? null : Turn.Failed(LuaErrorText.Describe(_thread, -1)));
    }

    /// <summary>Runs the loaded script until it comes back.</summary>
    internal Turn Start() => Resume(1);

    /// <summary>Answers the pending host call and goes on.</summary>
    internal Turn Answer(JsonElement? value)
    {
        LuaFast.PushPointer(_thread, state.Marker);
        LuaFast.PushBoolean(_thread, 1);
        var top = LuaFast.GetTop(_thread);
        try
        {
            JsonToLua.Push(_thread, state.Block, value ?? default);
        }
        catch (LuaJsonException fault)
        {
            if (OverLimit() is { } stopped)
                return stopped;
            LuaNative.SetTop(_thread, top - 2);
            return AnswerFault($"the answer cannot be a Lua value: {fault.Message}");
        }

        return OverLimit() ?? Resume(AnswerLength);
    }

    /// <summary>Raises the message as an error at the pending host call and goes on.</summary>
    internal Turn AnswerFault(string message)
    {
        PushFault(message);
        return OverLimit() ?? Resume(AnswerLength);
    }

    private void PushFault(string message)
    {
        LuaFast.PushPointer(_thread, state.Marker);
        LuaFast.PushBoolean(_thread, 0);
        LuaNative.PushString(_thread, Encoding.UTF8.GetBytes(message));
    }

    /// <summary>Why the script must stop now, before its host call begins; null when it need not.</summary>
    internal Turn? StopDue() =>
        VmBlock.MustStop(state.Block, Stopwatch.GetTimestamp()) ? Turn.Stopped((StopReason)state.Block->Reason) : null;

    /// <summary>As <see cref="StopDue"/>, but after an answer that came at once: only a cancellation can have happened meanwhile.</summary>
    internal Turn? CancelDue() => Volatile.Read(ref state.Block->CancelRequested) != 0 ? StopDue() : null;

    /// <summary>Lets go of the coroutine.</summary>
    internal void Drop()
    {
        LuaNative.SetTop(state.Main, 0);
        state.Block->Deadline = long.MaxValue;
    }

    /// <summary>A loop, not a recursion: a script may make any number of calls that are refused.</summary>
    private Turn Resume(int arguments)
    {
        var turn = ResumeOnce(arguments);
        while (turn.Kind == TurnKind.RefusedCall)
        {
            PushFault(turn.Text!);
            turn = StopDue() ?? OverLimit() ?? ResumeOnce(AnswerLength);
        }

        return turn;
    }

    private Turn ResumeOnce(int arguments)
    {
        var block = state.Block;
        int results;
        block->Pace.Begin(Stopwatch.GetTimestamp());
        block->Unlimited = 0;
        var code = LuaNative.Resume(_thread, 0, arguments, &results);
        block->Unlimited = 1;

        // The reason first, whatever the code: a stop is raised one instruction later, and a parent coroutine has its own counter.
        if (block->Reason != (int)StopReason.None)
            return Turn.Stopped((StopReason)block->Reason);
        if (code == LuaCode.MemoryError)
            return Stop(StopReason.OutOfMemory);
        if (OverLimit() is { } stopped)
            return stopped;
        return code switch
        {
            LuaCode.Ok => Returned(results),
            LuaCode.Yield => Yielded(results),
            _ => Fault(),
        };
    }

    private Turn Returned(int results)
    {
        if (LuaFast.ToBoolean(_thread, -results) == 0)
            return Fault();
        try
        {
            return new Turn(TurnKind.Returned, Value: results < 2 ? null : state.Reader.Read(_thread, -results + 1));
        }
        catch (LuaJsonException fault)
        {
            return Turn.Failed($"the returned value cannot be JSON: {fault.Message}");
        }
    }

    private Turn Yielded(int results)
    {
        if (results < 2 || LuaFast.TypeAt(_thread, -results) != LuaType.LightUserData
            || LuaFast.ToUserData(_thread, -results) != state.Marker || LuaFast.TypeAt(_thread, -results + 1) != LuaType.String)
            return Turn.Failed("attempt to yield from outside a coroutine");
        var function = NameOf(LuaFast.StringAt(_thread, -results + 1));
        var first = LuaFast.GetTop(_thread) - results + 3;
        try
        {
            var arguments = state.Reader.ReadArray(_thread, first);
            LuaNative.SetTop(_thread, first - 3);
            return new Turn(TurnKind.HostCall, function, arguments);
        }
        catch (LuaJsonException fault)
        {
            LuaNative.SetTop(_thread, first - 3);
            return new Turn(TurnKind.RefusedCall, $"{function}: argument {fault.Message}");
        }
    }

    /// <summary>Loops call one function again and again: its name need not be made each time.</summary>
    private string NameOf(ReadOnlySpan<byte> function)
    {
        if (!Ascii.Equals(function, _lastFunction))
            _lastFunction = Encoding.UTF8.GetString(function);
        return _lastFunction;
    }

    private Turn Fault()
    {
        var error = LuaErrorText.Describe(_thread, -1);
        return state.Block->Refusals > 0 && error.EndsWith(NoMemory, StringComparison.Ordinal)
            ? Stop(StopReason.OutOfMemory)
            : Turn.Failed(error);
    }

    private Turn? OverLimit()
    {
        var block = state.Block;
        if (block->Reason != (int)StopReason.None)
            return Turn.Stopped((StopReason)block->Reason);
        return block->Used > block->Limit || BudgetShare.IsOver(block) ? Stop(StopReason.OutOfMemory) : null;
    }

    private Turn Stop(StopReason reason)
    {
        state.Block->Reason = (int)reason;
        return Turn.Stopped(reason);
    }
}
