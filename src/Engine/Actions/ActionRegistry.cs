using System.Collections.Frozen;
using Bulkhead.Engine.Actions.Web;

namespace Bulkhead.Engine.Actions;

/// <summary>The actions of this build: one immutable table, shared by all branches and read without locks.</summary>
internal sealed class ActionRegistry
{
    private readonly FrozenDictionary<string, IAction> _actions;

    public ActionRegistry(IEnumerable<IAction> actions) => _actions = actions.ToFrozenDictionary(a => a.Signature.Name, StringComparer.Ordinal);

    public static ActionRegistry BuiltIn { get; } = new(
    [
        new SleepAction(), .. LogAction.All, new EventAction(), new TimeAction(), new UuidAction(), new Sha256Action(),
        new JsonParseAction(), new JsonStringifyAction(), new DataMergeAction(), new DataFilterAction(),
        new CsvParseAction(), new CsvStringifyAction(), new CacheGetAction(), new CacheSetAction(), new CacheDeleteAction(),
        .. HttpAction.All, new ChatAction(),
    ]);

    public IEnumerable<IAction> All => _actions.Values;

    /// <summary>In ordinal order of their names.</summary>
    public IEnumerable<ActionSignature> Signatures => _actions.Values.Select(a => a.Signature).OrderBy(s => s.Name, StringComparer.Ordinal);

    public IAction? Find(string name) => _actions.GetValueOrDefault(name);
}
