namespace SharpProbe.Dap;

/// <summary>One row of the table of commands.</summary>
/// <param name="id">From <see cref="CommandId"/>.</param>
/// <param name="reply">Bytes that each of its responses has after the id: there is room for them when it runs.</param>
/// <param name="run">Takes its request, after the id, and writes the rest of its response. False: the request is cut short, nothing was done.</param>
unsafe readonly struct DapCommand(byte id, byte reply, delegate*<DapEngine, ref RequestReader, ref ResponseWriter, bool> run)
{
    public byte Id { get; } = id;
    public byte Reply { get; } = reply;
    public delegate*<DapEngine, ref RequestReader, ref ResponseWriter, bool> Run { get; } = run;
}
