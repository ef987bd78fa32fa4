using System.Runtime.InteropServices;
using Bulkhead.Lua.Json;
using Bulkhead.Lua.Native;
using Bulkhead.Lua.Prelude;

namespace Bulkhead.Lua.Execution;

/// <summary>
/// One native Lua state with its sandbox. Not safe for concurrent use: whoever owns the VM at a moment calls it. Closed exactly once,
/// explicitly; there is no finalizer.
/// </summary>
internal sealed unsafe class LuaState
{
    /// <summary>Registry slot of Lua's own pcall.</summary>
    internal const int ProtectedCallSlot = 5;

    private readonly LuaMemoryBudget? _budget;
    private readonly nint _main;
    private VmBlock* _block;

    private LuaState(LuaVmOptions options)
    {
        _budget = options.Budget;
        _block = NewBlock(options);
        _main = LuaNative.NewState(&Allocator.Entry, (nint)_block);
        if (_main == 0)
        {
            FreeBlock();
            throw new InvalidOperationException("No memory for a Lua VM.");
        }

        VmBlock.Attach(_main, _block);
    }

    internal nint Main => _main;

    internal VmBlock* Block => _block;

    /// <summary>Reads values of this VM.</summary>
    internal LuaToJson Reader { get; private set; } = null!;

    /// <summary>A state with its libraries, prelude and host functions. The limit stays off until a script runs.</summary>
    internal static LuaState Create(LuaVmOptions options)
    {
        var state = new LuaState(options);
        try
        {
            LuaNative.StopCollector(state._main);
            state.OpenLibraries();
            state.MarkArrays();
            state.RunPreludes(options.Api);
            LuaNative.CollectAll(state._main);
            LuaNative.RestartCollector(state._main);
            FreeBlocks.Clear(state._block);
            StopHook.Arm(state._main);
            return state;
        }
        catch
        {
            state.Close();
            throw;
        }
    }

    /// <summary>A state with its libraries alone, no sandbox: for measurements.</summary>
    internal static LuaState CreateBare(LuaVmOptions options)
    {
        var state = new LuaState(options);
        state.OpenLibraries();
        return state;
    }

    /// <summary>Frees everything. Runs no script code: finalizers are refused, and lua_close runs no coroutine's <c>__close</c>.</summary>
    internal void Close()
    {
        _block->Unlimited = 1;
        LuaNative.Close(_main);
        FreeBlock();
        Reader?.Dispose();
    }

    /// <summary>The marker of host calls: an address that no script can name.</summary>
    internal nint Marker => (nint)_block;

    private static VmBlock* NewBlock(LuaVmOptions options)
    {
        var block = (VmBlock*)NativeMemory.AllocZeroed((nuint)sizeof(VmBlock));
        block->Limit = options.MemoryLimit;
        block->ObjectLimit = options.MemoryLimit / 100 * 80;
        block->Unlimited = 1;
        block->Deadline = long.MaxValue;
        block->Budget = options.Budget == null ? null : options.Budget.Counters;
        block->PrintLinesLeft = options.PrintLines;
        block->PrintBytesLeft = options.PrintBytes;
        if (options.Print != null)
            block->Print = GCHandle.ToIntPtr(GCHandle.Alloc(options.Print));
        return block;
    }

    private void FreeBlock()
    {
        FreeBlocks.Clear(_block);
        BudgetShare.ReturnAll(_block);
        if (_block->Print != 0)
            GCHandle.FromIntPtr(_block->Print).Free();
        NativeMemory.Free(_block);
        _block = null;
        GC.KeepAlive(_budget);
    }

    private void OpenLibraries()
    {
        Open("_G"u8, LuaLibrary.OpenBase);
        Open("coroutine"u8, LuaLibrary.OpenCoroutine);
        Open("table"u8, LuaLibrary.OpenTable);
        Open("string"u8, LuaLibrary.OpenString);
        Open("math"u8, LuaLibrary.OpenMath);
        Open("utf8"u8, LuaLibrary.OpenUtf8);
    }

    private void Open(ReadOnlySpan<byte> name, nint open)
    {
        fixed (byte* text = name)
            LuaNative.Require(_main, text, open, 1);
        LuaNative.Pop(_main, 1);
    }

    private void MarkArrays()
    {
        LuaNative.CreateTable(_main, 0, 1);
        LuaNative.PushString(_main, "__name"u8);
        LuaNative.PushString(_main, "array"u8);
        LuaNative.RawSet(_main, -3);
        Reader = new LuaToJson(new ArrayTypeRef(LuaFast.ToPointer(_main, -1)), _block->Limit);
        LuaNative.RawSetItem(_main, LuaNative.RegistryIndex, ArrayTypeRef.Slot);
    }

    /// <summary>Runs the core, which returns (call, pcall), then each prelude of the API with call.</summary>
    private void RunPreludes(LuaApi api)
    {
        Expect(LuaLoader.LoadTrusted(_main, CorePrelude.Bytecode));
        LuaFast.PushPointer(_main, Marker);
        LuaFast.PushPointer(_main, 0);
        ArrayTypeRef.Push(_main);
        LuaNative.PushString(_main, api.Names.All);
        LuaNative.PushString(_main, api.Names.Spaces);
        LuaNative.PushString(_main, api.Names.Plain);
        LuaNative.PushClosure(_main, PreludeFunctions.Stopped, 0);
        LuaNative.PushClosure(_main, PreludeFunctions.Deep, 0);
        LuaNative.PushClosure(_main, PreludeFunctions.Print, 0);
        LuaFast.PushInteger(_main, Random.Shared.NextInt64());
        LuaFast.PushInteger(_main, Random.Shared.NextInt64());
        Expect(LuaNative.ProtectedCall(_main, 11, 2, 0, 0, 0));
        LuaNative.RawSetItem(_main, LuaNative.RegistryIndex, ProtectedCallSlot);
        foreach (var prelude in api.Bytecode)
        {
            Expect(LuaLoader.LoadTrusted(_main, prelude));
            LuaFast.PushValue(_main, 1);
            Expect(LuaNative.ProtectedCall(_main, 1, 0, 0, 0, 0));
        }

        LuaNative.SetTop(_main, 0);
    }

    private void Expect(int code)
    {
        if (code != LuaCode.Ok)
            throw new InvalidOperationException($"A Lua prelude failed: {LuaErrorText.Describe(_main, -1)}");
    }
}
