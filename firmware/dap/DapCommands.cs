using System;
using SharpProbe.Dap.Commands;

namespace SharpProbe.Dap;

/// <summary>All commands.</summary>
sealed unsafe class DapCommands
{
    private readonly DapCommand[] _rows =
    [
        new(CommandId.Info, 1, &Info.Run),
        new(CommandId.HostStatus, 1, &HostStatus.Run),
        new(CommandId.Connect, 1, &Connect.Run),
        new(CommandId.Disconnect, 1, &Disconnect.Run),
        new(CommandId.WriteAbort, 1, &WriteAbort.Run),
        new(CommandId.Delay, 1, &Delay.Run),
        new(CommandId.ResetTarget, 2, &ResetTarget.Run),
        new(CommandId.TransferConfigure, 1, &TransferConfigure.Run),
        new(CommandId.Transfer, 2, &Transfer.Run),
        new(CommandId.TransferBlock, 3, &TransferBlock.Run),
        new(CommandId.SwjPins, 1, &SwjPins.Run),
        new(CommandId.SwjClock, 1, &SwjClock.Run),
        new(CommandId.SwjSequence, 1, &SwjSequence.Run),
        new(CommandId.JtagSequence, 1, &JtagSequence.Run),
        new(CommandId.JtagConfigure, 1, &JtagConfigure.Run),
        new(CommandId.JtagIdCode, 1, &JtagIdCode.Run),
        new(CommandId.SwdConfigure, 1, &SwdConfigure.Run),
        new(CommandId.SwdSequence, 1, &SwdSequence.Run),
        new(CommandId.UartTransport, 1, &UartTransport.Run),
        new(CommandId.UartConfigure, 5, &UartConfigure.Run),
        new(CommandId.UartTransfer, 5, &UartTransfer.Run),
        new(CommandId.UartControl, 1, &UartControl.Run),
        new(CommandId.UartStatus, 9, &UartStatus.Run),
        new(CommandId.SwoTransport, 1, &SwoTransport.Run),
        new(CommandId.SwoMode, 1, &SwoMode.Run),
        new(CommandId.SwoBaudrate, 4, &SwoBaudrate.Run),
        new(CommandId.SwoControl, 1, &SwoControl.Run),
        new(CommandId.SwoStatus, 5, &SwoStatus.Run),
        new(CommandId.SwoData, 3, &SwoData.Run),
        new(CommandId.SwoExtendedStatus, 0, &SwoExtendedStatus.Run),
    ];

    private readonly byte[] _places = new byte[0x24];            // of the id's row, from 1

    private static DapCommands? s_all;

    /// <summary>The same for every engine: nothing changes in it.</summary>
    public static DapCommands All => s_all ??= new();

    private DapCommands()
    {
        for (int i = 0; i < _rows.Length; i++) _places[_rows[i].Id] = (byte)(i + 1);
    }

    public bool TryFind(int id, out DapCommand command)
    {
        int place = id < _places.Length ? _places[id] : 0;
        command = place != 0 ? _rows[place - 1] : default;
        return place != 0;
    }
}
