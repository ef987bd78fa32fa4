using System.Text;

namespace Bulkhead.Api.Tests.Fuzz;

/// <summary>Makes one document of a seed: half of them nearly right, so that the fuzz reaches every stage of the loader.</summary>
internal sealed class FuzzDocument
{
    private static readonly string[] Names = ["a", "b", "c", "d", "join", "__start__", "__end__", "missing", "", "x y", "\\u0001", "é"];

    private static readonly string[] Expressions =
        ["state.ok", "state.n > 3", "!state.a && state.b != null", "state.items | length", "(", "secrets.x", "nodes.a.output", "'", "{{ state.x }}", "state.x |", "1 + + 1", "not not x", "a.b.c[1]:d('e')"];

    private static readonly string[] Values = ["1", "-1", "1.5", "1e999", "true", "null", "\"30s\"", "\"x\"", "[]", "{}", "[1,[2,[3]]]", "\"{{ state.x | upper }}\"", "\"{{ nope | zap }}\"", "99999999999999999999"];

    private static readonly string[] NodeFields =
        ["language", "goto", "fan_in", "retry", "on_error", "fallback", "timeout", "interrupt", "output", "depends_on", "priority", "with", "config", "max_iterations", "condition", "body", "items", "steps", "typo"];

    private static readonly string[] Types = ["lua", "sql", "datasource", "llm_call", "transform", "custom_code", "output", "http", "while_loop", "dynamic_parallel", "nonsense"];

    private readonly Random _random;

    private FuzzDocument(int seed) => _random = new Random(seed);

    public static byte[] Make(int seed)
    {
        var document = new FuzzDocument(seed);
        var text = document._random.Next(4) switch { 0 => document.Workflow(true), 1 => document.Workflow(false), 2 => document.Dependency(), _ => document.Tree(0) };
        var bytes = Encoding.UTF8.GetBytes(text);
        return document._random.Next(3) == 0 ? document.Mutate(bytes) : bytes;
    }

    private string Workflow(bool tame)
    {
        var nodes = Enumerable.Range(0, _random.Next(1, 7)).Select(i => tame ? $"{{\"name\":\"{Names[i]}\",\"run\":\"return {{}}\"{Maybe(NodeRest)}}}" : Node("name"));
        return $"{{\"name\":\"fuzz\",\"nodes\":[{string.Join(',', nodes)}]{Maybe(() => $",\"edges\":[{Many(Edge)}]")}{Maybe(() => $",\"settings\":{Settings()}")}{Maybe(() => $",\"initial_state\":{Object()}")}}}";
    }

    private string Dependency()
    {
        var nodes = Enumerable.Range(0, _random.Next(1, 7)).Select(i =>
            $"{{\"id\":\"{Names[i]}\",\"type\":\"{(_random.Next(4) == 0 ? Pick(Types) : "datasource")}\",\"config\":{{\"connection_id\":{_random.Next(7)}}}{Maybe(() => $",\"depends_on\":[{Many(() => $"\"{Names[_random.Next(8)]}\"")}]")}{Maybe(() => $",\"priority\":{_random.Next(-3, 3)}")}}}");
        return $"{{\"nodes\":[{string.Join(',', nodes)}]{Maybe(() => $",\"tenant_id\":{Value()}")}}}";
    }

    private string Node(string key) => $"{{\"{key}\":\"{Pick(Names)}\"{Maybe(() => $",\"type\":\"{Pick(Types)}\"")}{Maybe(() => ",\"run\":" + Value())}{string.Concat(Enumerable.Range(0, _random.Next(3)).Select(_ => $",\"{Pick(NodeFields)}\":{Anything(1)}"))}}}";

    private string NodeRest() => _random.Next(3) switch
    {
        0 => $",\"goto\":[{{\"if\":\"{Pick(Expressions)}\",\"to\":\"{Pick(Names)}\"}}]",
        1 => $",\"goto\":\"{Pick(Names)}\"",
        _ => ",\"fan_in\":true",
    };

    private string Edge() => _random.Next(5) switch
    {
        0 => $"{{\"from\":\"{Pick(Names)}\",\"to\":\"{Pick(Names)}\"{Maybe(() => $",\"when\":\"{Pick(Expressions)}\"")}}}",
        1 => $"{{\"from\":\"{Pick(Names)}\",\"parallel\":[{Many(() => $"\"{Pick(Names)}\"")}]{Maybe(() => $",\"fan_in\":\"{Pick(Names)}\"")}}}",
        2 => $"{{\"from\":\"{Pick(Names)}\",\"to\":\"{Pick(Names)}\",\"type\":\"parallel\",\"fan_in\":\"{Pick(Names)}\"}}",
        3 => $"{{\"from\":\"{Pick(Names)}\",\"when\":\"{Pick(Expressions)}\",\"targets\":{{\"x\":\"{Pick(Names)}\",\"true\":\"{Pick(Names)}\"}}}}",
        _ => $"{{\"from\":{Value()},\"to\":{Anything(1)}}}",
    };

    private string Settings() => $"{{\"allow_cycles\":{(_random.Next(2) == 0 ? "true" : "false")}{Maybe(() => $",\"parallel\":{Object()}")}{Maybe(() => $",\"max_iterations\":{Value()}")}}}";

    private string Tree(int depth) => _random.Next(3) == 0 ? $"nodes:\n{string.Concat(Enumerable.Range(0, _random.Next(5)).Select(_ => $"  - {Yaml(depth)}\n"))}" : Anything(depth);

    private string Yaml(int depth) => _random.Next(6) switch
    {
        0 => $"name: {Pick(Names)}\n    run: |\n      return {{}}",
        1 => $"&x {Anything(depth)}",
        2 => "*x",
        3 => $"{{name: {Pick(Names)}, script: {Pick(["yes", "010", "!!str 1", ".inf", "'q", "~"])}}}",
        4 => $"? {Value()}\n    : {Value()}",
        _ => $"{{<<: *x, name: {Pick(Names)}}}",
    };

    private string Anything(int depth) => depth > 4 ? Value() : _random.Next(5) switch
    {
        0 => $"[{Many(() => Anything(depth + 1))}]",
        1 => $"{{{Many(() => $"\"{Pick(NodeFields)}{_random.Next(3)}\":{Anything(depth + 1)}")}}}",
        2 => Node("name"),
        _ => Value(),
    };

    private string Object() => $"{{\"{Pick(NodeFields)}\":{Value()}}}";

    private string Value() => Pick(Values);

    private string Many(Func<string> one) => string.Join(',', Enumerable.Range(0, _random.Next(4)).Select(_ => one()));

    private string Maybe(Func<string> part) => _random.Next(2) == 0 ? part() : string.Empty;

    private string Pick(string[] from) => from[_random.Next(from.Length)];

    private byte[] Mutate(byte[] bytes)
    {
        var mutated = new List<byte>(bytes);
        for (var i = _random.Next(1, 6); i > 0 && mutated.Count > 0; i--)
        {
            var at = _random.Next(mutated.Count);
            switch (_random.Next(4))
            {
                case 0: mutated[at] = (byte)_random.Next(256); break;
                case 1: mutated.RemoveAt(at); break;
                case 2: mutated.Insert(at, (byte)"{}[]\":,&*|>#\n\t-%"[_random.Next(15)]); break;
                default: mutated.InsertRange(at, mutated.GetRange(at, Math.Min(_random.Next(20), mutated.Count - at))); break;
            }
        }

        return [.. mutated];
    }
}
