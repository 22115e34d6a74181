using System.Text;
using Xunit.Abstractions;

namespace SharpProbe.Tests.Guest;

/// <summary>OpenOCD sets up an STM32F103's trace by its own configuration file and writes what arrives over CMSIS-DAP to a file, while the target's software writes text to its ITM.</summary>
[Collection(DebuggerGuestCollection.Name)]
public sealed class OpenOcdSwoTests(LinuxGuest guest, ITestOutputHelper output) : GuestTests(guest)
{
    private const uint Code = 0x2000_0000, Message = 0x2000_1000, Stim0 = 0xE000_0000;

    // r0: the text, r1: STIM0. loop: ldrb r2, [r0]; cmp r2, #0; beq end; wait: ldr r3, [r1]; cmp r3, #0; beq wait; strb r2, [r1]; adds r0, #1; b loop; end: b end
    private static readonly ushort[] Program = [0x7802, 0x2A00, 0xD005, 0x680B, 0x2B00, 0xD0FC, 0x700A, 0x3001, 0xE7F6, 0xE7FE];

    [GuestTheory, MemberData(nameof(OpenOcd.Transports), MemberType = typeof(OpenOcd))]
    public void The_text_arrives_byte_for_byte(string board, string transport) => With(board, probe =>
    {
        // A stack, a reset vector, and a branch to itself: an empty flash would lock the core up.
        probe.Bench(() => probe.Target.Load([0x00, 0x50, 0x00, 0x20, 0x09, 0x00, 0x00, 0x08, 0xFE, 0xE7], 0x0800_0000));
        // OpenOCD fetches when it polls the target, some 100 ms apart: what comes in between has to fit into the probe's 8 KB.
        string text = string.Concat(Enumerable.Range(0, 150).Select(i => $"line {i}: 0x{i * 40503:x8}\n"));
        string file = Guest.Send("text.bin", [.. Encoding.ASCII.GetBytes(text), 0]);
        Guest.Run("rm -f /exchange/swo.bin");
        OpenOcd.Session(Guest, output.WriteLine, transport,
        [
            "reset halt", $"load_image {file} {Message} bin", .. Program.Select((half, i) => $"mwh {Code + i * 2} {half}"),
            "stm32f1x.tpiu configure -protocol uart -traceclk 8000000 -pin-freq 2000000 -output /exchange/swo.bin", "stm32f1x.tpiu enable", "itm ports on",
            $"reg r0 {Message}", $"reg r1 {Stim0}", $"reg pc {Code}", "resume", "sleep 1500", "halt", "sleep 200", "stm32f1x.tpiu disable",
        ]);
        Assert.Equal(text, Port0(Guest.Receive("swo.bin")));
    });

    /// <summary>The bytes of stimulus port 0; packets of synchronisation are passed over, and nothing else is expected.</summary>
    private static string Port0(byte[] trace)
    {
        var text = new StringBuilder();
        for (int i = 0; i + 1 < trace.Length; i++)
        {
            if (trace[i] is 0 or 0x80) continue;
            Assert.Equal(1, trace[i]);
            text.Append((char)trace[++i]);
        }
        return text.ToString();
    }
}
