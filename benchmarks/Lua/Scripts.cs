namespace Bulkhead.Benchmarks;

/// <summary>What is run. Each takes milliseconds, so that starting it does not count.</summary>
internal static class Scripts
{
    internal static IReadOnlyDictionary<string, string> All { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["tight loop"] = "for i = 1, 10000000 do end",
        ["allocation"] = "for i = 1, 300000 do local t = {i, i} end",
        ["typical: report"] = """
            local orders = {}
            for i = 1, 5000 do orders[i] = {id = i, region = i % 7, amount = (i * 37) % 1000 / 10, note = "order " .. i} end
            local sums = {}
            for _, order in ipairs(orders) do
              if order.note:find("9", 1, true) then order.flag = true end
              sums[order.region] = (sums[order.region] or 0) + order.amount
            end
            table.sort(orders, function(a, b) return a.amount < b.amount end)
            local lines = {}
            for i = 1, 200 do lines[i] = string.format("%05d %8.2f %s", orders[i].id, orders[i].amount, orders[i].note:upper()) end
            return table.concat(lines, "\n")
            """,
        ["typical: text"] = """
            local words, text = {}, ("the quick brown fox jumps over the lazy dog "):rep(300)
            for word in text:gmatch("%a+") do words[word] = (words[word] or 0) + 1 end
            local out = text:gsub("%a+", function(word) return word:sub(1, 1):upper() .. word:sub(2) end)
            return out
            """,
        ["typical: objects"] = """
            local Account = {}
            Account.__index = Account
            function Account.new(b) return setmetatable({balance = b}, Account) end
            function Account:deposit(v) if v < 0 then error("negative") end self.balance = self.balance + v end
            local a = Account.new(0)
            for i = 1, 200000 do a:deposit(i % 10) end
            for i = 1, 2000 do pcall(a.deposit, a, -1) end
            return a.balance
            """,
    };
}
