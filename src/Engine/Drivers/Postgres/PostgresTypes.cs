namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>How the text of a column becomes JSON.</summary>
internal enum ValueShape
{
    Text,
    Boolean,
    Whole,
    Float,
    Numeric,
    Json,
    Timestamp,
    Bytes,
    List,
}

/// <summary>The built-in types by OID (PostgreSQL's pg_type.dat, fixed for ever); every other type is text.</summary>
internal static class PostgresTypes
{
    public static ValueShape ShapeOf(uint oid) => oid switch
    {
        16 => ValueShape.Boolean,
        20 or 21 or 23 or 26 => ValueShape.Whole,
        700 or 701 => ValueShape.Float,
        1700 => ValueShape.Numeric,
        114 or 3802 => ValueShape.Json,
        1114 or 1184 => ValueShape.Timestamp,
        17 => ValueShape.Bytes,
        _ => ElementOf(oid) == 0 ? ValueShape.Text : ValueShape.List,
    };

    /// <summary>The element's OID of a built-in array type, or 0.</summary>
    public static uint ElementOf(uint array) => array switch
    {
        1000 => 16, // bool
        1001 => 17, // bytea
        1005 => 21, // int2
        1007 => 23, // int4
        1016 => 20, // int8
        1028 => 26, // oid
        1021 => 700, // float4
        1022 => 701, // float8
        1231 => 1700, // numeric
        199 => 114, // json
        3807 => 3802, // jsonb
        1115 => 1114, // timestamp
        1185 => 1184, // timestamptz
        1002 or 1003 or 1009 or 1014 or 1015 => 25, // char, name, text, bpchar, varchar
        1182 or 1183 or 1187 or 1270 or 2951 or 1041 or 651 or 1040 => 25, // date, time, interval, timetz, uuid, inet, cidr, macaddr
        _ => 0,
    };
}
