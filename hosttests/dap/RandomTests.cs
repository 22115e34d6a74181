using SharpProbe.Conformance.Model;
using SharpProbe.Sim;
using SharpProbe.Tests.Dap.Model;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Dap;

/// <summary>Random packets to the engine and to the model, each with a target of its own: the responses, the pins and the memories are the same.</summary>
public class RandomTests(ITestOutputHelper output)
{
    private static int Bytes => int.TryParse(Environment.GetEnvironmentVariable("SHARPPROBE_DAP_BYTES"), out int bytes) ? bytes : 1_000_000;

    [Fact]
    public void Random_bytes_are_answered_as_the_model_answers_them() => Compare(1, Bytes / 2, (random, packet) =>
    {
        if (random.Next(20) == 0) return new CommandGenerator(random, uart: true).Wake(packet);
        random.NextBytes(packet);
        if (packet.Length != 0 && random.Next(4) != 0) packet[0] = (byte)(random.Next(3) == 0 ? 0x7E + random.Next(2) : random.Next(0x24));
        if (packet.Length > 5 && packet[0] == 4) packet[3] = packet[5] = 0;                  // 65535 retries take their time
        return packet.Length;
    });

    [Fact]
    public void Random_commands_are_answered_as_the_model_answers_them() => Compare(2, Bytes / 2, (random, packet) => new CommandGenerator(random, uart: true).Fill(packet));

    [Fact]
    public void Random_commands_by_JTAG_are_answered_as_the_model_answers_them() => Compare(3, Bytes / 2, (random, packet) =>
        random.Next(15) == 0 ? new CommandGenerator(random, jtag: true).Wake(packet) : new CommandGenerator(random, jtag: true).Fill(packet));

    private static DapRig Rig() => new() { ClockStep = 5000 };

    private static BenchStop? Stopped(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (BenchStop stop)
        {
            return stop;
        }
    }

    private void Compare(int seed, int bytes, Func<Random, byte[], int> generate)
    {
        var random = new Random(seed);
        var rig = Rig();
        var wire = new ModelWire(DapRig.Port);
        var model = new ModelProbe(wire) { Uart = new(), Trace = new(), Jtag = true };
        int sent = 0, packets = 0, stops = 0;
        var acks = new SortedDictionary<int, int>();
        while (sent < bytes)
        {
            byte[] packet = new byte[random.Next(8) == 0 ? random.Next(DapRig.PacketSize + 1) : DapRig.PacketSize];
            int length = generate(random, packet);
            byte[] request = packet[..length];
            int size = random.Next(6) == 0 ? random.Next(1, 600) : DapRig.PacketSize;
            byte[] answer = [];
            List<int> expected = [];
            BenchStop? stop = Stopped(() => answer = rig.Ask(request, size)), modelStop = Stopped(() => expected = model.Answer(request, size));
            string where = $"packet {packets} of seed {seed}, {size} bytes for the response: {Convert.ToHexString(request)}\nexpected {string.Join(' ', expected.Select(b => b < 0 ? "??" : b.ToString("X2")))}\nanswered {string.Join(' ', answer.Select(b => b.ToString("X2")))}";
            bool same = answer.Length == expected.Count && answer.Zip(expected).All(pair => pair.Second < 0 || pair.First == pair.Second);
            if (stop is not null || modelStop is not null)
            {
                // What the target does not model; both have to get there.
                if (stop?.Message.Replace("probe.", "model.") != modelStop?.Message) Assert.Fail($"{stop?.Message} and, by the model, {modelStop?.Message} {where}");
                stops++;
                (rig, wire) = (Rig(), new(DapRig.Port));
                model = new(wire) { Uart = new(), Trace = new(), Jtag = true };
                continue;
            }
            if (!same) Assert.Fail(where);
            if (answer.Length > 2 && answer[0] == 5) acks[answer[2]] = acks.GetValueOrDefault(answer[2]) + 1;
            if (rig.Rig.Swclk.Level != wire.ClockLevel || rig.Rig.Swdio.Level != wire.DataLevel || rig.Rig.Port.Phase != wire.Port.Phase || rig.Rig.Port.Jtag!.Chain.State != wire.Port.Jtag!.Chain.State)
                Assert.Fail($"the wires differ after {where}\n{rig.Rig.Port.Phase}, by the model {wire.Port.Phase}");
            if (packets % 64 == 0 && !rig.Bus.Bytes.AsSpan().SequenceEqual(wire.Bus.Bytes)) Assert.Fail($"the memories differ after {where}");
            rig.Bus.Accesses.Clear();
            wire.Bus.Accesses.Clear();
            sent += length;
            packets++;
        }
        Assert.Equal(wire.Bus.Bytes, rig.Bus.Bytes);
        output.WriteLine($"{packets} packets, {sent} bytes, {stops} stops of the bench; last acknowledges of transfers: {string.Join(", ", acks.Select(a => $"{a.Key:X2} {a.Value}"))}");
    }
}
