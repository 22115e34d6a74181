using System.Numerics;
using SharpProbe.Sim.Adi;

namespace SharpProbe.Sim.View;

/// <summary>Cuts a captured transfer into its fields. A bit of the host lasts from falling to falling edge, one of the target from rising to rising edge (IHI 0031E, chapter B4).</summary>
static class SwdFields
{
    private static readonly string[] RequestNames = ["Start", "APnDP", "RnW", "A[2]", "A[3]", "Parity", "Stop", "Park"];

    public static List<SwdField> Of(SwdTransfer transfer, int turnaround, IReadOnlyList<ulong> rises, IReadOnlyList<ulong> falls)
    {
        var fields = new List<SwdField>();
        int clock = 0;
        string ack = transfer.Ack switch { SwdAck.Ok => "ACK OK", SwdAck.Wait => "ACK WAIT", SwdAck.Fault => "ACK FAULT", _ => "ACK" };

        for (int i = 0; i < 8; i++) Host("Request", RequestNames[i], (uint)transfer.Request.Bits >> i);
        ulong from = falls[clock];
        clock += turnaround;
        fields.Add(new("", "Turnaround", ' ', SwdField.Side.Nobody, from, rises[clock - 1]));
        for (int i = 0; i < 3; i++) Target(ack, $"[{i}]", (uint)transfer.Ack >> i);

        uint parity = (uint)BitOperations.PopCount(transfer.Data) & 1 ^ (transfer.ParityError ? 1u : 0);
        if (transfer.HasData && transfer.Request.Read)
        {
            for (int i = 0; i < 32; i++) Target(Data, $"{i}", transfer.Data >> i);
            Target("", "Parity", parity);
        }
        from = rises[clock - 1];
        clock += turnaround;
        fields.Add(new("", "Turnaround", ' ', SwdField.Side.Nobody, from, falls[clock]));
        if (transfer.HasData && !transfer.Request.Read)
        {
            for (int i = 0; i < 32; i++) Host(Data, $"{i}", transfer.Data >> i);
            Host("", "Parity", parity);
        }
        return fields;

        void Host(string group, string name, uint bit)
        {
            fields.Add(new(group, name, (bit & 1) != 0 ? '1' : '0', SwdField.Side.Host, falls[clock], falls[clock + 1]));
            clock++;
        }

        void Target(string group, string name, uint bit)
        {
            fields.Add(new(group, name, (bit & 1) != 0 ? '1' : '0', SwdField.Side.Target, rises[clock - 1], rises[clock]));
            clock++;
        }
    }

    public const string Data = "Data";
}
