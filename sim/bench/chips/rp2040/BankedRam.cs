namespace SharpProbe.Sim.Chips.Rp2040;

/// <summary>SRAM0 to SRAM3 one after another, at 0x21000000: the same memory as the striped one at 0x20000000, whose words take turns (RP2040 datasheet 2.6.2). For data; code there is not modelled.</summary>
public sealed class BankedRam(Bus bus, uint striped) : IBusDevice
{
    public const uint Size = 4 * BankSize;
    private const uint BankSize = 64 * 1024;

    public string Name => "SRAM0-3";

    public uint Read(uint offset, int width) => bus.Read(AddressOf(offset), width);

    public void Write(uint offset, uint value, int width) => bus.Write(AddressOf(offset), value, width);

    private uint AddressOf(uint offset) => striped + (offset % BankSize & ~3u) * 4 + offset / BankSize * 4 + (offset & 3);
}
