using System;
using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Target;

/// <summary>A chip that can only be opened, or begun anew, by its maker's own port: a line in the list of targets that nobody can attach to. "monitor recover" is what it is for.</summary>
sealed class DoorTarget : DebugTarget
{
    public PartName Name { get; } = new();

    /// <summary>What knows the port; null until a scan finds one.</summary>
    public PartFamily? Family { get; set; }

    public ControlPort? Port { get; set; }

    /// <summary>In its place: an access port that shows no more than what opens the chip.</summary>
    public AccessPort? Memory { get; set; }

    public DebugFault Recover() => Memory is { } memory ? Family!.Recover(memory) : Family!.Recover(Port!);

    public override ReadOnlySpan<byte> Driver => Name.Text;
    public override ReadOnlySpan<byte> Core => "(monitor recover)"u8;
    public override bool Attached => false;
    public override ReadOnlySpan<MemoryRegion> Memories => default;
    public override ReadOnlySpan<MonitorCommand> Commands => default;
    public override ReadOnlySpan<MonitorCommand> PartCommands => default;
    public override int RegisterCount => 0;
    public override int RegisterSize(int number) => 0;
    public override StopInfo Poll() => new(StopReason.Lost, 0, FaultKind.NotAttached);
    public override void WriteDescription(ref WindowWriter xml) { }
    public override void WriteMemoryMap(ref WindowWriter xml) { }
    public override void Work() { }

    public override DebugFault Attach() => FaultKind.NeedsRecovery;
    public override DebugFault Detach() => DebugFault.None;
    public override DebugFault Halt() => FaultKind.NotAttached;
    public override DebugFault Resume() => FaultKind.NotAttached;
    public override DebugFault Step() => FaultKind.NotAttached;
    public override DebugFault Reset() => FaultKind.NotAttached;
    public override DebugFault ReadRegister(int number, Span<byte> value) => FaultKind.NotAttached;
    public override DebugFault WriteRegister(int number, ReadOnlySpan<byte> value) => FaultKind.NotAttached;
    public override DebugFault ReadMemory(uint address, Span<byte> data) => FaultKind.NotAttached;
    public override DebugFault WriteMemory(uint address, ReadOnlySpan<byte> data) => FaultKind.NotAttached;
    public override PointResult Insert(PointKind kind, uint address, uint length) => PointResult.Failed;
    public override PointResult Remove(PointKind kind, uint address, uint length) => PointResult.Failed;
    public override DebugFault FlashErase(uint address, uint length) => FaultKind.NotAttached;
    public override DebugFault FlashWrite(uint address, ReadOnlySpan<byte> data) => FaultKind.NotAttached;
    public override DebugFault FlashDone() => FaultKind.NotAttached;
}
